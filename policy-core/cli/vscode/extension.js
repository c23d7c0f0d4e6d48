// Starts `policy lsp`, and nothing else: all that an editor shows of a policy comes from there.

const { workspace } = require("vscode");
const { LanguageClient } = require("vscode-languageclient/node");

let client;

exports.activate = async function () {
  const command = workspace.getConfiguration("policy").get("path", "policy");
  const scheme = "file";
  client = new LanguageClient(
    "policy",
    "AWS IAM policies",
    { command, args: ["lsp"] },
    {
      documentSelector: [
        { scheme, language: "json" },
        { scheme, language: "jsonc" },
        { scheme, language: "yaml" },
        { scheme, language: "cloudformation" },
        // Whether or not an extension for Terraform is installed, which gives the language its name.
        { scheme, pattern: "**/*.{tf,tofu,template}" },
      ],
    },
  );
  await client.start();
};

exports.deactivate = function () {
  return client?.stop();
};
