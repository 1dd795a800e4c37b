import type { Plugin } from 'vite'

const STUB = '\0schemas-stay-away'

/**
 * Leaves zod out of the browser's code. The web takes addresses and types from the contracts and trusts the answers of
 * its own api, so no schema is ever run there. Code that would run one throws at once.
 */
export function withoutSchemas(): Plugin {
  return {
    name: 'without-schemas',
    enforce: 'pre',
    resolveId: source => (source === 'zod' ? STUB : undefined),
    load: id => (id === STUB ? SOURCE : undefined),
  }
}

const SOURCE = `
const runs = /^(parse|safeParse|decode|encode|options)/
export const z = new Proxy(() => z, {
  get: (_, name) => {
    if (typeof name === 'string' && runs.test(name)) throw new Error('no schema can be run in the browser: ' + name)
    return z
  },
  apply: () => z,
})
`
