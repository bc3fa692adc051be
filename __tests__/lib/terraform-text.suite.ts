import { readableText } from "../../modules/lib/terraform-text";

const texts: [string, string, string][] = [
  ["plain text", "sleep 15; $(POD_NAME) ${", "sleep 15; $(POD_NAME) ${"],
  [
    "an output of another stack",
    "s3://${data.terraform_remote_state.data.outputs.logs_bucket}/x",
    "s3://<data: logs_bucket>/x",
  ],
  ["another expression", "${sha256(local.a)}", "<sha256(local.a)>"],
  [
    "braces inside an expression",
    '${jsonencode({a = "${b.c}"})}, ${d.e}',
    '<jsonencode({a = "${b.c}"})>, <d.e>',
  ],
  ["an escaped sign", "$${aws:username} %%{if}", "${aws:username} %{if}"],
  ["an escaped sign before a reference", "$${a}${b.c}", "${a}<b.c>"],
  ["a dollar before a reference", "$ ${b.c}$", "$ <b.c>$"],
];

test.each(texts)("%s", (_what, text, readable) => {
  expect(readableText(text)).toBe(readable);
});
