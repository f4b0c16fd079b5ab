import type { Action, Kind, Row } from '@/api/types'

/** As many rows as one bulk act takes. */
export const bulkMax = 200

/** The acts that all of these records share in their present states: of the kind, in its order. */
export function sharedActs(kind: Kind, rows: Row[]): Action[] {
  if (!rows.length) return []
  const opens = (action: Action, row: Row): boolean => (action.any ? !row.final : (action.from ?? []).includes(row.state))
  return kind.actions.filter((action) => !action.creates && rows.every((row) => opens(action, row)))
}
