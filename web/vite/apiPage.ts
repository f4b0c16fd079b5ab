import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { transformWithEsbuild, type Plugin } from 'vite'

const own = fileURLToPath(new URL('./api', import.meta.url))
const viewer = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'))
const files: Record<string, string> = {
  'index.html': join(own, 'index.html'),
  'page.js': join(own, 'page.js'),
  'page.css': join(own, 'page.css'),
  'older.js': fileURLToPath(new URL('../src/shared/older.ts', import.meta.url)),
  'swagger-ui-bundle.js': join(viewer, 'swagger-ui-bundle.js'),
  'swagger-ui.css': join(viewer, 'swagger-ui.css'),
  'LICENSE.txt': join(viewer, 'LICENSE'),
  'NOTICE.txt': join(viewer, 'NOTICE'),
}
const types: Record<string, string> = {
  html: 'text/html',
  js: 'text/javascript',
  ts: 'text/javascript',
  css: 'text/css',
  txt: 'text/plain',
}
async function read(path: string): Promise<string> {
  const text = readFileSync(path, 'utf8')
  if (path.endsWith('.ts')) return (await transformWithEsbuild(text, path, { target: 'chrome90', format: 'iife', sourcemap: false })).code
  // A map that is not there would be asked for in vain; and the oldest browser must be able to read it.
  const plain = text.replace(/\n?(?:\/\/|\/\*)# sourceMappingURL=\S+(?: \*\/)?\s*$/, '\n')
  return path.endsWith('.js')
    ? (await transformWithEsbuild(plain, path, { target: 'chrome90', minify: true, sourcemap: false })).code
    : plain
}

/** /desk/api/: the browsable description of the API, files of their own beside the desk. No script stands within the page. */
export function apiPage(): Plugin {
  return {
    name: 'api-page',
    async generateBundle() {
      for (const [name, path] of Object.entries(files)) this.emitFile({ type: 'asset', fileName: `api/${name}`, source: await read(path) })
    },
    configureServer(server) {
      server.middlewares.use((request, response, next) => {
        const name = /^\/desk\/api\/([\w.-]*)(?:\?|$)/.exec(request.url ?? '')?.[1]
        const path = name === undefined ? undefined : files[name || 'index.html']
        if (!path) return next()
        response.setHeader('Content-Type', `${types[path.split('.').pop() ?? ''] ?? 'text/plain'}; charset=utf-8`)
        void read(path).then((text) => response.end(text))
      })
    },
  }
}
