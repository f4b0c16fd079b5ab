/** The colours of a diagram, from the tokens: ink for text and edges, indigo for where one may go, no ground of its own. */
export function themeOf(token: (name: string) => string): Record<string, string> {
  const [ink, quiet, line, surface, sunken, tint, edge] = ['--zs-ink-1', '--zs-ink-3', '--zs-ink-4', '--zs-surface', '--zs-sunken', '--zs-dian-tint', '--zs-dian-edge'].map(token) as [string, string, string, string, string, string, string]
  return {
    background: surface, primaryColor: tint, primaryTextColor: ink, primaryBorderColor: edge, secondaryColor: sunken, tertiaryColor: sunken,
    lineColor: line, textColor: ink, mainBkg: tint, nodeBorder: edge, stateBkg: tint, stateBorder: edge, stateLabelColor: ink, labelColor: ink, transitionColor: line, transitionLabelColor: quiet,
    edgeLabelBackground: surface, labelBackgroundColor: surface, specialStateColor: ink, innerEndBackground: ink, compositeBackground: sunken, altBackground: sunken, noteBkgColor: sunken, noteTextColor: ink, noteBorderColor: line,
    fontFamily: token('--zs-sans'), fontSize: '13px',
  }
}
