import type { IncomingMessage } from 'node:http'

/** What the mock refuses, as a problem with its status. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    title: string,
    readonly extra: object = {},
  ) {
    super(title)
  }
}
export interface Ask {
  parts: string[]
  query: URLSearchParams
  method: string
  body: Record<string, unknown>
  raw: Buffer
  headers: IncomingMessage['headers']
}
