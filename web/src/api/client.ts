import type { Fault, Problem, Reason } from './types'

/** What the server refused or could not do; status 0: it was not reached. */
export class ApiError extends Error {
  readonly status: number
  readonly detail: string
  readonly reasons: Reason[]
  readonly faults: Fault[]
  readonly version?: number
  readonly requestId?: string

  constructor(problem: Problem) {
    super(problem.title)
    this.status = problem.status
    this.detail = problem.detail ?? ''
    this.reasons = problem.reasons ?? []
    this.faults = problem.faults ?? []
    this.version = problem.version
    this.requestId = problem.request_id
  }
}

export type Query = Record<string, string | number | undefined | null>
export interface Options {
  body?: unknown
  query?: Query
  headers?: Record<string, string>
  signal?: AbortSignal
}
type Method = 'GET' | 'POST' | 'DELETE'

const base = '/api/v1'
let csrf = ''
let language = 'zh'
let signedOut: () => void = () => {}

export function setCsrf(token: string): void {
  csrf = token
}
export function setLanguage(lang: string): void {
  language = lang
}
/** Whoever is called when a session has ended; signing in itself does not call it. */
export function onSignedOut(listener: () => void): void {
  signedOut = listener
}

export function pathWith(path: string, query: Query = {}): string {
  const search = new URLSearchParams()
  for (const [key, value] of Object.entries(query)) {
    if (value !== undefined && value !== null && value !== '') search.set(key, String(value))
  }
  const text = search.toString()
  return base + path + (text ? `?${text}` : '')
}

async function problemOf(response: Response): Promise<ApiError> {
  const fallback: Problem = { title: '', status: response.status }
  try {
    const body = (await response.json()) as Partial<Problem>
    return new ApiError({ ...fallback, ...body, status: response.status })
  } catch {
    return new ApiError(fallback)
  }
}

export async function request<T>(method: Method, path: string, options: Options = {}): Promise<T> {
  const headers: Record<string, string> = { Accept: 'application/json', 'Accept-Language': language, ...options.headers }
  if (method !== 'GET') headers['X-CSRF-Token'] = csrf
  if (options.body !== undefined) headers['Content-Type'] = 'application/json'
  let response: Response
  try {
    response = await fetch(pathWith(path, options.query), {
      method,
      headers,
      credentials: 'same-origin',
      body: options.body === undefined ? undefined : JSON.stringify(options.body),
      signal: options.signal,
    })
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    throw new ApiError({ title: '', status: 0 })
  }
  if (response.status === 401 && path !== '/login') signedOut()
  if (!response.ok) throw await problemOf(response)
  if (response.status === 204) return undefined as T
  return (await response.json()) as T
}

export interface Upload {
  signal?: AbortSignal
  onProgress?: (share: number) => void
}

/** A file as it is, with the share that is sent: fetch cannot tell how far it is. */
export function upload<T>(path: string, file: Blob, query: Query, { signal, onProgress }: Upload = {}): Promise<T> {
  return new Promise((resolve, reject) => {
    const sending = new XMLHttpRequest()
    sending.open('POST', pathWith(path, query))
    for (const [name, value] of Object.entries({
      Accept: 'application/json',
      'Accept-Language': language,
      'X-CSRF-Token': csrf,
      'Content-Type': 'application/octet-stream',
    }))
      sending.setRequestHeader(name, value)
    sending.upload.onprogress = (event) => event.lengthComputable && onProgress?.(event.loaded / event.total)
    sending.onerror = () => reject(new ApiError({ title: '', status: 0 }))
    sending.onabort = () => reject(new DOMException('', 'AbortError'))
    sending.onload = () => {
      if (sending.status === 401) signedOut()
      let body: unknown = {}
      try {
        body = JSON.parse(sending.responseText)
      } catch {
        // An answer without a body is told by its status.
      }
      if (sending.status < 300) resolve(body as T)
      else reject(new ApiError({ title: '', ...(body as object), status: sending.status }))
    }
    signal?.addEventListener('abort', () => sending.abort())
    sending.send(file)
  })
}

/** Whatever was thrown, as something that can be shown. */
export const asApiError = (caught: unknown): ApiError =>
  caught instanceof ApiError ? caught : new ApiError({ title: String(caught), status: -1 })

/** A key for one intended act: kept while it is tried again. randomUUID() is missing on plain-http intranet pages. */
export function newIdempotencyKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
