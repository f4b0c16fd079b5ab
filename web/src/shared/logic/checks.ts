/** Checks of what is typed, before it is sent. The server checks again; these only spare the way there. */
export type Wrong =
  'id.length' | 'id.digits' | 'id.check' | 'credit.length' | 'credit.letters' | 'credit.check' | 'phone' | 'money' | 'count'

// GB 11643: weights of the first 17 digits, and the check characters by the remainder of 11.
const idWeights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
const idChecks = '10X98765432'

export function checkIdNumber(text: string): Wrong | null {
  const given = text.trim().toUpperCase()
  if (given.length !== 18) return 'id.length'
  if (!/^\d{17}[\dX]$/.test(given)) return 'id.digits'
  const sum = idWeights.reduce((total, weight, i) => total + weight * Number(given[i]), 0)
  return idChecks[sum % 11] === given[17] ? null : 'id.check'
}

// GB 32100: 31 characters (no I, O, S, V, Z); weights are powers of 3 modulo 31.
const creditLetters = '0123456789ABCDEFGHJKLMNPQRTUWXY'

export function checkCreditCode(text: string): Wrong | null {
  const given = text.trim().toUpperCase()
  if (given.length !== 18) return 'credit.length'
  const numbers = Array.from(given, (letter) => creditLetters.indexOf(letter))
  if (numbers.includes(-1)) return 'credit.letters'
  let weight = 1
  let sum = 0
  for (const number of numbers.slice(0, 17)) {
    sum += number * weight
    weight = (weight * 3) % 31
  }
  return (31 - (sum % 31)) % 31 === numbers[17] ? null : 'credit.check'
}

/** Mobile, or a landline with or without its area code. */
export function checkPhone(text: string): Wrong | null {
  const given = text.replace(/[\s-]/g, '')
  return /^1[3-9]\d{9}$/.test(given) || /^(0\d{2,3})?[2-9]\d{6,7}$/.test(given) || /^(12345|400\d{7})$/.test(given) ? null : 'phone'
}

/** A person's number or an enterprise's code, told apart by their form. */
export function checkIdentity(text: string): Wrong | null {
  const given = text.trim().toUpperCase()
  return /^\d{17}[\dX]$/.test(given) && checkIdNumber(given) === null
    ? null
    : /[A-Z]/.test(given.slice(0, 17))
      ? checkCreditCode(given)
      : checkIdNumber(given)
}
