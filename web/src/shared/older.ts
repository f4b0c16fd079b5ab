/**
 * What Chromium 90 does not have yet and the two large libraries use: Mermaid in the rulebook, Swagger UI on the API's page.
 * Loaded only before them; the desk itself uses none of it. Copying takes plain values, which is all they copy.
 */
{
  const fill = (on: object, name: string, value: unknown): void => {
    if (!(name in on)) Object.defineProperty(on, name, { value, writable: true, configurable: true })
  }
  function at(this: ArrayLike<unknown>, index: number): unknown {
    const whole = Math.trunc(index) || 0
    return this[whole < 0 ? this.length + whole : whole]
  }
  const copy = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(copy)
    if (value instanceof Map) return new Map([...value].map(([key, each]) => [copy(key), copy(each)]))
    if (value instanceof Set) return new Set([...value].map(copy))
    if (value instanceof Date) return new Date(value)
    return value && typeof value === 'object' ? Object.fromEntries(Object.entries(value).map(([key, each]) => [key, copy(each)])) : value
  }
  for (const kind of [Array, String, Uint8Array, Float64Array]) fill(kind.prototype, 'at', at)
  fill(Array.prototype, 'findLast', function (this: unknown[], test: (each: unknown, index: number, all: unknown[]) => boolean) {
    for (let i = this.length - 1; i >= 0; i--) if (test(this[i], i, this)) return this[i]
    return undefined
  })
  fill(Array.prototype, 'findLastIndex', function (this: unknown[], test: (each: unknown, index: number, all: unknown[]) => boolean) {
    for (let i = this.length - 1; i >= 0; i--) if (test(this[i], i, this)) return i
    return -1
  })
  fill(Object, 'hasOwn', (on: object, name: PropertyKey) => Object.prototype.hasOwnProperty.call(on, name))
  fill(globalThis, 'structuredClone', copy)
}

export {}
