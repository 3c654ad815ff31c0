import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
import { TerraformStack, Testing } from "cdktf";
import { skipChecks, skippedChecks } from "../../stacks/skip-check";

function topic() {
  const stack = new TerraformStack(Testing.app({ stackTraces: false }), "news-dev");
  return { stack, topic: new SnsTopic(stack, "topic", { name: "news" }) };
}

test("a skip names stack, address, check and reason, and leaves what Terraform gets as it is", () => {
  const plain = topic();
  const skipping = topic();
  skipChecks(skipping.topic, { CKV_AWS_26: "It carries news." });
  expect(skippedChecks(skipping.stack)).toEqual([
    { stack: "news-dev", address: "aws_sns_topic.topic", check: "CKV_AWS_26", reason: "It carries news." },
  ]);
  expect(skippedChecks(plain.stack)).toEqual([]);
  expect(Testing.synth(skipping.stack)).toBe(Testing.synth(plain.stack));
});

test.each([
  ["what is no check", { AWS_26: "It carries news." }, 'news-dev/topic: the skip of the check "AWS_26" does not name one'],
  ["no reason", { CKV_AWS_26: " " }, 'the skip of the check "CKV_AWS_26" has no reason'],
])("%s is refused", (_, reasons, message) => {
  expect(() => {
    skipChecks(topic().topic, reasons);
  }).toThrow(message);
});

test("a second skip of the same check is refused", () => {
  const { topic: resource } = topic();
  skipChecks(resource, { CKV_AWS_26: "It carries news." });
  expect(() => {
    skipChecks(resource, { CKV_AWS_26: "It carries old news." });
  }).toThrow("stands there twice");
});
