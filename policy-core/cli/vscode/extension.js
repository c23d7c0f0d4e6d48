// Starts `policy lsp`, and nothing else: all that an editor shows of a policy comes from there.

const { execFile } = require("node:child_process");
const { commands, window, workspace } = require("vscode");
const { LanguageClient } = require("vscode-languageclient/node");

let client;

exports.activate = async function (context) {
  context.subscriptions.push(
    workspace.onDidChangeConfiguration(async (change) => {
      if (change.affectsConfiguration("policy.path")) {
        await stop();
        await start();
      }
    }),
  );
  await start();
};

exports.deactivate = stop;

async function start() {
  const command = workspace.getConfiguration("policy").get("path", "policy");
  const failure = await failureOf(command);
  if (failure) {
    // Not awaited: the message stays until it is read.
    offerSettings(failure);
    return;
  }
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
}

async function stop() {
  const started = client;
  client = undefined;
  await started?.stop();
}

// The client says of a program that is absent only that there is no connection.
function failureOf(command) {
  return new Promise((resolve) => {
    execFile(command, ["--version"], (error) => resolve(error && messageOf(command, error)));
  });
}

function messageOf(command, error) {
  const what = "No policy is checked";
  return error.code === "ENOENT"
    ? `${what}: there is no program \`${command}\`. Install it, or set \`policy.path\`.`
    : `${what}: \`${command}\` does not start: ${error.message}`;
}

async function offerSettings(message) {
  const settings = "Open Settings";
  if ((await window.showErrorMessage(message, settings)) === settings) {
    await commands.executeCommand("workbench.action.openSettings", "policy.path");
  }
}
