// Node strips types from .ts by itself; .tsx also needs its JSX turned into calls, which esbuild does as the file loads.
import { readFileSync } from "node:fs";
import { registerHooks } from "node:module";
import { fileURLToPath } from "node:url";
import { transformSync } from "esbuild";

registerHooks({
  load(url, context, nextLoad) {
    if (!url.endsWith(".tsx")) return nextLoad(url, context);
    const path = fileURLToPath(url);
    const { code } = transformSync(readFileSync(path, "utf8"), {
      loader: "tsx",
      jsx: "automatic",
      jsxImportSource: "preact",
      sourcefile: path,
      sourcemap: "inline",
      target: "esnext",
    });
    return { format: "module", source: code, shortCircuit: true };
  },
});
