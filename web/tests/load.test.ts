import { describe, expect, it } from 'vitest'
import type { LoadDay, LoadLine } from '@/api/loadTypes'
import { restAfter, sortsOf, stretches } from '@/desk/load/load'

const line = (label: string) => ({ label }) as LoadLine
const day = (name: string, items: LoadLine[] = [], workday = true): LoadDay => ({
  day: name,
  weekday: '',
  workday,
  estimated: false,
  reason: '',
  items,
  duties: [],
  crowded: [],
})

describe('the days ahead', () => {
  it('brings deadlines of one name together', () => {
    expect(sortsOf([line('办结'), line('答复'), line('办结')]).map((each) => [each.label, each.items.length])).toEqual([
      ['办结', 2],
      ['答复', 1],
    ])
  })
  it('says how long nothing falls due', () => {
    const made = stretches([day('1'), day('2', [], false), day('3', [line('办结')]), day('4')])
    expect(made).toEqual([
      { from: '1', until: '2', workdays: 1 },
      { day: day('3', [line('办结')]) },
      { from: '4', until: '4', workdays: 1 },
    ])
  })
  it('keeps a day that only collides', () => {
    const crowded = { ...day('1'), crowded: [{ person: 'a', name: '甲', items: 4 }] }
    expect(stretches([crowded])).toEqual([{ day: crowded }])
  })
  it('brings what is due on rest days to the workday before', () => {
    const days = [day('5'), day('6', [line('办结')], false), day('7', [line('答复')], false), day('8', [line('受理')])]
    expect(restAfter(days, '5').map((each) => each.label)).toEqual(['办结', '答复'])
    expect(restAfter(days, '6')).toEqual([])
    expect(restAfter(days, '8')).toEqual([])
  })
})
