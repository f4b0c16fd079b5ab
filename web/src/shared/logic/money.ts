const plain = (text: string): string =>
  text.replace(/[０-９．]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0)).replace(/[,，\s￥¥]/g, '')

/** Yuan as people type them ("30,000", "１２.5", "3万", "2.5万元") → fen, or null. */
export function fenOf(text: string): number | null {
  const match = /^(-?\d+)(?:\.(\d{1,6}))?(万)?元?$/.exec(plain(text))
  if (!match) return null
  const [, whole = '', part = '', wan] = match
  const shift = wan ? 6 : 2
  if (part.length > shift) return null
  const fen = Number(whole + part.padEnd(shift, '0'))
  return Number.isSafeInteger(fen) ? fen : null
}

/** Fen → "30,000" or "1,234.50", without the unit. */
export function yuanText(fen: number): string {
  const sign = fen < 0 ? '-' : ''
  const digits = String(Math.abs(fen)).padStart(3, '0')
  const whole = digits.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, ',')
  const part = digits.slice(-2)
  return sign + whole + (part === '00' ? '' : `.${part}`)
}
