import type { IconName } from '@/shared/parts/IconMark.vue'

export interface Place {
  name: string
  label: string
  icon: IconName
  query?: Record<string, string>
  covers: string[]
}

/** The places of the desk, in the order of the rail. */
export const places: Place[] = [
  { name: 'today', label: 'nav.today', icon: 'today', covers: ['today', 'handovers', 'handover', 'handover-new', 'field', 'drafts'] },
  {
    name: 'ledger',
    label: 'nav.ledger',
    icon: 'ledger',
    covers: ['ledger', 'record', 'new', 'working', 'compare', 'import', 'card', 'outside'],
  },
  { name: 'report', label: 'nav.report', icon: 'report', covers: ['report', 'chapters', 'chapter'] },
  { name: 'figures', label: 'nav.figures', icon: 'chart', covers: ['figures'] },
  { name: 'checks', label: 'nav.checks', icon: 'law', covers: ['checks'] },
  { name: 'duties', label: 'nav.duties', icon: 'duty', covers: ['duties'] },
  { name: 'calendar', label: 'nav.calendar', icon: 'cal', covers: ['calendar', 'load'] },
]
export const adminPlace: Place = { name: 'admin', label: 'nav.admin', icon: 'admin', covers: ['admin'] }

/** The five tabs of a narrow window. */
export const tabs: Place[] = [
  { name: 'today', label: 'nav.today', icon: 'today', covers: ['today', 'handovers', 'handover', 'handover-new', 'field', 'drafts'] },
  { name: 'today', label: 'nav.mine', icon: 'pen', query: { scope: 'mine' }, covers: ['today:mine'] },
  {
    name: 'ledger',
    label: 'nav.ledger',
    icon: 'ledger',
    covers: ['ledger', 'record', 'new', 'working', 'compare', 'import', 'card', 'outside'],
  },
  { name: 'report', label: 'nav.report', icon: 'report', covers: ['report', 'chapters', 'chapter'] },
  { name: 'figures', label: 'nav.figures', icon: 'chart', covers: ['figures'] },
]
