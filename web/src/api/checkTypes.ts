/** Self-checks (自查表), as docs/api.md says. */
export type Verdict = 'differs' | 'unproven' | 'fits'
export interface CheckHead { key: string; label: string; definition: string; law: string[] }
export interface CheckColumn { key: string; label: string; type: string; total: boolean }
export interface CheckCell { text: string; value?: string; seen?: string[] }
export interface CheckLine {
  verdict: Verdict; kind: string; kind_label: string; id: number; row: number; number: string; title: string; day: string
  why: string[]; cells: Record<string, CheckCell>
}
export interface CheckTotals { lines: number; differs: number; unproven: number; sums: Record<string, string> }
export interface CheckSheet extends CheckHead {
  year: number; as_of: string; columns: CheckColumn[]; groups_by: string; signed_by: string[]
  totals: CheckTotals; groups: (CheckTotals & { text: string })[]; hidden: number; cut: boolean; lines: CheckLine[]
}
