import type { Plugin } from 'vite'

const needed = /^(stateDiagram-v2|dagre|chunk)-/
const none = '\0no-such-diagram'

/** Mermaid brings thirty kinds of diagram, each fetched when it is drawn. A kind's course is a state diagram: the others are left out of the build. */
export function onlyStateDiagrams(): Plugin {
  return {
    name: 'only-state-diagrams',
    apply: 'build',
    enforce: 'pre',
    resolveId(source, importer) {
      if (!importer?.includes('/mermaid/dist/')) return null
      if (source === 'katex') return none
      const file =
        /chunks\/mermaid\.core\/([^/]+\.mjs)$/.exec(source)?.[1] ??
        (importer.includes('chunks/mermaid.core') ? /^\.\/([^/]+\.mjs)$/.exec(source)?.[1] : undefined)
      return file && !needed.test(file) ? none : null
    },
    load: (id) => (id === none ? 'export const diagram = undefined\nexport const render = undefined\nexport default undefined' : null),
  }
}
