/** A file chosen from a folder, as its place within the rulebook: "规则书2024/kinds/a.yaml" → "kinds/a.yaml". Anything that is no YAML is left out. */
export function placeOf({ name, webkitRelativePath = '' }: { name: string; webkitRelativePath?: string }): string | null {
  const path = webkitRelativePath ? webkitRelativePath.split('/').slice(1).join('/') : name
  return /\.ya?ml$/i.test(path) && !path.split('/').some((part) => part.startsWith('.')) ? path : null
}

/** "kinds/petition.yaml:41:13" → its file, line and column, so that the line itself can be shown. */
export function splitPlace(place: string): { file: string; line: number; column: number } {
  const match = /^(.*?)(?::(\d+))?(?::(\d+))?$/.exec(place)
  return { file: match?.[1] ?? place, line: Number(match?.[2] ?? 0), column: Number(match?.[3] ?? 0) }
}

/** The line that a fault speaks of. */
export function lineAt(files: Record<string, string>, place: string): string {
  const { file, line } = splitPlace(place)
  const text = files[file] ?? (Object.keys(files).length === 1 ? Object.values(files)[0] : undefined)
  return line > 0 ? (text?.split('\n')[line - 1] ?? '').trimEnd() : ''
}
