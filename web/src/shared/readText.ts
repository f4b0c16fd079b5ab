/** The text of a chosen file. Old spreadsheets and editors leave a mark at the start, which is no text. */
export async function readText(file: Blob): Promise<string> {
  return (await file.text()).replace(/^\uFEFF/, '')
}
