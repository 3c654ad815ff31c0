import { existsSync, readFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { findProviderMirror, ownCliConfig, terraformEnvironment } from "../../local/terraform-mirror";
import { temporaryFolder } from "../support/temporary-folder";

const platform = `${process.platform}_${process.arch === "x64" ? "amd64" : process.arch}`;

// Nobody's own configuration: each test has an empty home folder, but for those that fill one.
beforeEach(() => {
  jest.spyOn(os, "homedir").mockReturnValue(temporaryFolder());
});
afterEach(() => {
  jest.restoreAllMocks();
});

function mirror(version = "5.100.0", machine = platform): string {
  return temporaryFolder({
    [`registry.terraform.io/hashicorp/aws/${version}/${machine}/terraform-provider-aws`]: "",
    "registry.terraform.io/hashicorp/random/3.7.2/any_machine/terraform-provider-random": "",
  });
}

describe("the mirror is", () => {
  test("the folder that the environment variable names, before the usual places", () => {
    const named = mirror();
    expect(findProviderMirror({ TERRAFORM_PROVIDER_MIRROR: named }, [mirror()])).toBe(named);
  });

  test("else the first of the usual places that holds the provider", () => {
    const second = mirror();
    expect(findProviderMirror({}, [temporaryFolder(), second, mirror()])).toBe(second);
  });

  test("none where no place holds the provider, or none is there", () => {
    expect(findProviderMirror({}, [temporaryFolder(), "/does/not/exist"])).toBeUndefined();
  });

  test("none where the named folder does not hold it: a person who names one wants no other", () => {
    expect(findProviderMirror({ TERRAFORM_PROVIDER_MIRROR: temporaryFolder() }, [mirror()])).toBeUndefined();
  });

  test.each([
    ["version", mirror("5.99.0")],
    ["machine", mirror("5.100.0", "plan9_mips")],
  ])("none where it holds the provider of another %s", (_, place) => {
    expect(findProviderMirror({}, [place])).toBeUndefined();
  });

  test("looked for in the home folder too", () => {
    const home = temporaryFolder({ [`.terraform.d/plugins/registry.terraform.io/hashicorp/aws/5.100.0/${platform}/x`]: "" });
    jest.spyOn(os, "homedir").mockReturnValue(home);
    expect(findProviderMirror({})).toBe(path.join(home, ".terraform.d", "plugins"));
  });
});

describe("Terraform's environment", () => {
  const project = process.cwd();
  beforeEach(() => {
    process.chdir(temporaryFolder());
  });
  afterEach(() => {
    process.chdir(project);
  });

  test("names a configuration that takes the mirror's providers from it and asks the registry for others", () => {
    const place = mirror();
    const { TF_CLI_CONFIG_FILE } = terraformEnvironment({ TERRAFORM_PROVIDER_MIRROR: place });
    expect(TF_CLI_CONFIG_FILE).toBe(path.resolve(".local", "terraform.rc"));
    expect(readFileSync(TF_CLI_CONFIG_FILE!, "utf8")).toBe(
      `provider_installation {
  filesystem_mirror { path = ${JSON.stringify(place)} }
  direct { exclude = ["registry.terraform.io/hashicorp/aws","registry.terraform.io/hashicorp/random"] }
}
`,
    );
  });

  test("is left alone without a mirror", () => {
    expect(terraformEnvironment({ TERRAFORM_PROVIDER_MIRROR: temporaryFolder() })).toEqual({});
    expect(existsSync(".local")).toBe(false);
  });

  test("is left alone where the user's own configuration exists", () => {
    const own = path.join(temporaryFolder({ "my.rc": "" }), "my.rc");
    const env = { TERRAFORM_PROVIDER_MIRROR: mirror(), TF_CLI_CONFIG_FILE: own };
    expect(ownCliConfig(env)).toBe(own);
    expect(terraformEnvironment(env)).toEqual({});
    expect(existsSync(".local")).toBe(false);
  });

  test("is left alone where there is a configuration in the home folder", () => {
    const home = temporaryFolder({ ".terraformrc": "" });
    jest.spyOn(os, "homedir").mockReturnValue(home);
    expect(ownCliConfig({})).toBe(path.join(home, ".terraformrc"));
    expect(terraformEnvironment({ TERRAFORM_PROVIDER_MIRROR: mirror() })).toEqual({});
  });

  test("is set where the variable names a configuration that does not exist", () => {
    const env = { TERRAFORM_PROVIDER_MIRROR: mirror(), TF_CLI_CONFIG_FILE: "/does/not/exist.rc" };
    expect(terraformEnvironment(env).TF_CLI_CONFIG_FILE).toBe(path.resolve(".local", "terraform.rc"));
  });
});
