import { describe, expect, it } from 'vitest'
import { checkCreditCode, checkIdentity, checkIdNumber, checkPhone } from '@/shared/logic/checks'

describe('id number', () => {
  it.each([
    ['11010519491231002X', null],
    ['11010519491231002x', null],
    ['110105194912310021', 'id.check'],
    ['1101051949123100', 'id.length'],
    ['11010519491231ABCD', 'id.digits'],
  ])('%s → %s', (text, wrong) => expect(checkIdNumber(text)).toBe(wrong))
})

describe('credit code', () => {
  it.each([
    ['91350100M000100Y43', null],
    ['91350100m000100y43', null],
    ['91350100M000100Y44', 'credit.check'],
    ['91350100M000100Y4', 'credit.length'],
    ['91350100I000100Y43', 'credit.letters'],
  ])('%s → %s', (text, wrong) => expect(checkCreditCode(text)).toBe(wrong))

  it('is told apart from a person by its form', () => {
    expect(checkIdentity('11010519491231002X')).toBeNull()
    expect(checkIdentity('91350100M000100Y43')).toBeNull()
    expect(checkIdentity('110105194912310021')).toBe('id.check')
    expect(checkIdentity('91350100M000100Y44')).toBe('credit.check')
  })
})

describe('phone', () => {
  it.each([
    ['13800000001', null],
    ['138 0000 0001', null],
    ['0755-12345678', 'phone'],
    ['0755-82345678', null],
    ['12345', null],
    ['1380000000', 'phone'],
    ['12800000001', 'phone'],
  ])('%s → %s', (text, wrong) => expect(checkPhone(text)).toBe(wrong))
})
