import { request } from './client'
import type * as L from './lawTypes'

const at = encodeURIComponent

export const lawsApi = {
  laws: () => request<{ loaded: boolean; items: L.LawItem[] }>('GET', '/laws'),
  law: (law: string) => request<L.LawReading>('GET', `/laws/${at(law)}`),
  article: (law: string, article: string) => request<L.OnArticle>('GET', `/laws/${at(law)}/${at(article)}`),
  find: (q: string) => request<{ total: number; items: L.FoundArticle[] }>('GET', '/articles', { query: { q } }),
}
