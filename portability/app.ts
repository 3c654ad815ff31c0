/** What is compared: the stacks of main.ts, and those of the example, in which everything is on that the environments may leave out. */
import { App } from "cdktf";
import "../main";
import { exampleStacks } from "../policy/example";

const example = new App();
exampleStacks(example);
example.synth();
