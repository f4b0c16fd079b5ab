import type { Figure } from '@/api/types'

/** The body of the report as the server wrote it, without what a sheet on the screen does not carry: head, styles, scripts, appendix. */
export function sheetOf(html: string): string {
  const page = new DOMParser().parseFromString(html, 'text/html')
  for (const node of page.querySelectorAll('script, style, link, meta, iframe, object, embed, form, .appendix')) node.remove()
  for (const node of page.body.querySelectorAll('*'))
    for (const { name, value } of [...node.attributes])
      if (/^on/i.test(name) || (/^(href|src)$/i.test(name) && /^\s*javascript:/i.test(value))) node.removeAttribute(name)
  return page.body.innerHTML
}

export const figureOf = (link: Element): string =>
  link.getAttribute('data-figure') ?? (link.getAttribute('href') ?? '').replace(/^#figure-/, '')

export interface Support {
  share: number
  whole: number
  part: number
}
/** How far the figures of the report rest on single records: each counts alike. */
export function supportOf(figures: Figure[]): Support {
  const rated = figures.filter((figure) => typeof figure.case_by_case === 'number' && (figure.value ?? 0) > 0)
  const sum = rated.reduce((total, figure) => total + (figure.case_by_case ?? 0), 0)
  return {
    share: rated.length ? Math.round((sum / rated.length) * 10) / 10 : 0,
    whole: rated.filter((figure) => figure.case_by_case === 100).length,
    part: rated.filter((figure) => (figure.case_by_case ?? 0) < 100).length,
  }
}
