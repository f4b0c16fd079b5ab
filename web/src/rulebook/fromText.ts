import type { Field, Value } from '@/api/types'
import { fenOf } from '@/shared/logic/money'
import { dateOf } from '@/shared/logic/paste'

export interface Names {
  staff: Map<string, string>
  orgs: Map<string, string>
}
const keyOf = (names: Map<string, string>, text: string): string | undefined =>
  [...names].find(([key, name]) => name === text || key === text)?.[0]

/** A cell of a pasted block → the value of its column; undefined: not understood, a person must look. */
export function valueFromText(field: Field, text: string, names: Names): Value | undefined {
  const given = text.trim()
  if (given === '') return null
  switch (field.type) {
    case 'date':
      return dateOf(given) ?? undefined
    case 'count':
      return /^-?\d+$/.test(given.replace(/,/g, '')) ? Number(given.replace(/,/g, '')) : undefined
    case 'money':
      return fenOf(given) ?? undefined
    case 'flag':
      return /^(是|有|√|对|1|yes|y|true)$/i.test(given) ? true : /^(否|无|×|没有|0|no|n|false)$/i.test(given) ? false : undefined
    case 'choice':
      return field.options?.find((option) => option.label === given || option.key === given)?.key
    case 'choices': {
      const found = given.split(/[、,，;；\s]+/).map((word) => field.options?.find((option) => option.label === word)?.key)
      return found.every((key): key is string => key !== undefined) ? found : undefined
    }
    case 'staff':
      return keyOf(names.staff, given)
    case 'org':
      return keyOf(names.orgs, given)
    case 'party':
      return { name: given }
    case 'text':
    case 'note':
    case 'place':
      return given
    default:
      return undefined
  }
}
