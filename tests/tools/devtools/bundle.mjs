// Makes one file of the part of Chrome's DevTools that loads heap snapshots: node bundle.mjs OUT, in a folder with
// the packages chrome-devtools-frontend and esbuild. Translated texts and third parties' code are not needed for it.
import {createRequire} from 'node:module';

const {build} = createRequire(process.cwd() + '/')('esbuild');
const stubs = {
  name: 'stubs',
  setup(build) {
    build.onResolve({filter: /i18n\/i18n\.js$|third_party|locales\.js$/}, () => ({path: 'stub', namespace: 'stubs'}));
    build.onLoad({filter: /.*/, namespace: 'stubs'}, () => ({
      contents: 'export const i18n = new Proxy({}, {get: () => (...texts) => texts.at(-1)})',
    }));
  },
};
await build({
  entryPoints: ['node_modules/chrome-devtools-frontend/front_end/entrypoints/heap_snapshot_worker/heap_snapshot_worker.ts'],
  outfile: process.argv[2],
  bundle: true,
  platform: 'node',
  format: 'esm',
  plugins: [stubs],
  logLevel: 'error',
});
