import type { RouteLocationRaw } from 'vue-router'

/** Where an article, or a whole law, is read. */
export const lawPlace = (law: string, article?: string): RouteLocationRaw => ({
  name: 'admin',
  params: { section: 'laws', item: law },
  query: article ? { article } : {},
})
/** Rules of what has no articles cite a dash. */
export const hasNumber = (article: string) => article !== '' && article !== '—'
