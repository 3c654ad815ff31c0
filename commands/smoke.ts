console.log("smoke");
