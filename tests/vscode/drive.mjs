// Does in VS Code what a user does, and compares what is shown: node drive.mjs INSTALLED WORK PROGRAM PICTURES, as run.sh calls it.

import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { join } from "node:path";

const [installed, work, program, pictures] = process.argv.slice(2);
const { chromium } = createRequire(join(installed, "/"))("playwright-core");
const codeServer = join(installed, "package/out/node/entry.js");
const folders = ["--user-data-dir", join(work, "data"), "--extensions-dir", join(work, "extensions")];
const files = join(work, "files");
const machine = join(work, "data/Machine/settings.json");

/** Each has the same mistake: the line, and the column within the name of the action. */
const mistakes = [
  { name: "main.tf", line: 8, column: 24 },
  { name: "template.yaml", line: 10, column: 26 },
  { name: "policy.json", line: 6, column: 23 },
];

function settings(path, values) {
  mkdirSync(join(path, ".."), { recursive: true });
  writeFileSync(path, JSON.stringify(values));
}

async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** What a user of the editor sees and does. */
class Editor {
  constructor(page) {
    this.page = page;
  }

  async type(text) {
    await this.page.keyboard.type(text, { delay: 30 });
  }

  async press(...keys) {
    for (const key of keys) {
      await this.page.keyboard.press(key);
    }
  }

  /** The editor answers some time after the key: what is read until it is right, or what it was in the end. */
  async eventually(what, read, isRight) {
    let last;
    for (const end = Date.now() + 20_000; Date.now() < end; await this.page.waitForTimeout(200)) {
      last = await read();
      if (isRight(last)) {
        console.log(`ok: ${what}`);
        return;
      }
    }
    await this.picture("failed");
    assert.fail(`${what}: the editor shows ${JSON.stringify(last)}`);
  }

  async shows(what, selector, text) {
    // A name and its ending are lines of their own, and blanks may be those that do not break.
    const asWritten = (shown) => shown.replaceAll("\n", "").replaceAll("\u00a0", " ");
    const read = () => this.page.locator(`${selector}:visible`).allInnerTexts();
    await this.eventually(what, read, (texts) => texts.some((shown) => asWritten(shown).includes(text)));
  }

  async command(name) {
    await this.press("F1");
    await this.page.locator(".quick-input-widget input:visible").waitFor();
    await this.type(name);
    await this.page.locator(`.quick-input-list .monaco-list-row.focused:has-text("${name}")`).waitFor();
    await this.press("Enter");
  }

  /** Puts the cursor there. */
  async open(name, line, column) {
    await this.press("Control+P");
    await this.page.locator(".quick-input-widget input:visible").waitFor();
    await this.type(name);
    await this.page.locator(`.quick-input-list .monaco-list-row.focused:has-text("${name}")`).waitFor();
    await this.type(`:${line}:${column}`);
    await this.page.waitForTimeout(1000);
    await this.press("Enter");
    await this.shows(`${name} is open`, ".tab.active", name);
    await this.shows(`the cursor is at ${line}:${column}`, "#status\\.editor\\.selection", `Ln ${line}, Col ${column}`);
  }

  async hover(what, text) {
    await this.command("Show or Focus Hover");
    await this.shows(what, ".monaco-hover", text);
    await this.picture(what);
    await this.press("Escape");
  }

  squiggles(what, kind, count) {
    return this.eventually(what, () => this.page.locator(`.squiggly-${kind}`).count(), (shown) => shown === count);
  }

  picture(name) {
    return this.page.screenshot({ path: join(pictures, `${name.replaceAll(/[^\w.]+/g, "-")}.png`) });
  }
}

async function absent(editor) {
  await editor.shows("the message says what is absent", ".notification-list-item", "there is no program `/absent/policy`");
  await editor.picture("absent program");
  settings(machine, { "policy.path": program });
}

async function mistake(editor, { name, line, column }) {
  await editor.open(name, line, column);
  await editor.squiggles(`${name} has a finding`, "error", 1);
  await editor.hover(`${name} finding`, "`s3:GetObjct` is not an action");

  await editor.press("Control+.");
  await editor.shows(`${name} has a fix`, ".action-widget", "write `s3:GetObject`");
  await editor.picture(`${name} fix`);
  await editor.press("Enter");
  await editor.squiggles(`${name} is fixed`, "error", 0);
  await editor.hover(`${name} action`, "Access level: Read");

  // To the end of the name of the action, and others after it.
  await editor.press("Control+ArrowRight", "Control+Shift+ArrowLeft");
  await editor.type("PutObjectTa");
  await editor.shows(`${name} completes`, ".suggest-widget .monaco-list-row.focused", "s3:PutObjectTagging");
  await editor.picture(`${name} completion`);
  await editor.press("Enter", "Control+S");
  await editor.eventually(
    `${name} is what it should be`,
    () => readFileSync(join(files, name), "utf8").split("\n")[line - 1],
    (written) => /s3:PutObjectTagging"?,?$/.test(written),
  );
}

execFileSync("node", [codeServer, ...folders, "--install-extension", join(work, "extension/policy-iam.vsix")]);
settings(machine, { "policy.path": "/absent/policy" });
settings(join(work, "data/User/settings.json"), {
  "chat.disableAIFeatures": true,
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "workbench.startupEditor": "none",
});
const port = await freePort();
const options = ["--auth", "none", "--bind-addr", `127.0.0.1:${port}`, "--disable-telemetry", "--disable-update-check"];
const server = spawn("node", [codeServer, ...folders, ...options, "--disable-workspace-trust", files], { stdio: "ignore" });
// Its sandbox is not there for root, as whom a container is.
const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
try {
  const page = await browser.newPage({ viewport: { width: 1200, height: 800 } });
  const editor = new Editor(page);
  const address = `http://127.0.0.1:${port}/?folder=${files}`;
  await editor.eventually("VS Code is there", () => page.goto(address).then(() => true, () => false), Boolean);
  await page.locator(".monaco-workbench").waitFor({ timeout: 60_000 });
  await absent(editor);
  for (const one of mistakes) {
    await mistake(editor, one);
  }
} finally {
  await browser.close();
  server.kill();
}
