// Prints what the Khronos validator says of each .glb file named on the command line: one line of JSON to a file.
const fs = require("fs");
const validator = require("gltf-validator");

(async () => {
  for (const path of process.argv.slice(2)) {
    const report = await validator.validateBytes(new Uint8Array(fs.readFileSync(path)), { maxIssues: 20 });
    const { numErrors, numWarnings, numInfos, numHints, messages } = report.issues;
    console.log(JSON.stringify({ path, errors: numErrors, warnings: numWarnings, infos: numInfos, hints: numHints, messages }));
  }
})();
