import { request } from './client'
import type { Away, Workload } from './loadTypes'

export const loadApi = {
  days: (query: { from?: string; days?: number; unit?: string; person?: string }) => request<Workload>('GET', '/load', { query }),
  away: (query: { person: string; from: string; until: string }) => request<Away>('GET', '/load/away', { query }),
}
