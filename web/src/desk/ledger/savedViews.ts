import { soundColumns, type ColumnKey } from './columns'
import { filterKeys, views, type Filters, type Sort } from './useLedger'
import type { View } from '@/api/types'

/** A way of looking at a ledger under a name of one's own. */
export interface SavedView {
  name: string
  view: View
  sort?: Sort
  filters: Filters
  columns: ColumnKey[]
}

/** What was kept on this device, made sound again. */
export function soundViews(kept: unknown): SavedView[] {
  if (!Array.isArray(kept)) return []
  return kept.flatMap((each: unknown): SavedView[] => {
    const one = (each && typeof each === 'object' ? each : {}) as Partial<SavedView>
    if (typeof one.name !== 'string' || !one.name.trim()) return []
    const filters = Object.fromEntries(
      filterKeys.flatMap((key) => (typeof one.filters?.[key] === 'string' ? [[key, one.filters[key]]] : [])),
    )
    return [
      {
        name: one.name,
        view: views.find((view) => view === one.view) ?? 'open',
        sort: one.sort,
        filters,
        columns: soundColumns(one.columns),
      },
    ]
  })
}

/** Under the same name the newer one takes the place of the older. */
export const withView = (saved: SavedView[], view: SavedView): SavedView[] => [...saved.filter((each) => each.name !== view.name), view]

/** Whether the ledger is just now looked at in this way. */
export function isView(saved: SavedView, now: Omit<SavedView, 'name'>): boolean {
  const text = ({ view, sort, filters, columns }: Omit<SavedView, 'name'>) =>
    JSON.stringify([view, sort ?? '', filterKeys.map((key) => filters[key] ?? ''), [...columns].sort()])
  return text(saved) === text(now)
}
/** As the query of the address. */
export const queryOf = ({ view, sort, filters }: SavedView): Record<string, string | undefined> => ({ view, sort, ...filters })
