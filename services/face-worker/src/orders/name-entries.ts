/**
 * Names for the files of one ZIP, in order: the same name twice is numbered (`a.jpg`, `a (2).jpg`), also where only
 * upper and lower case differ, since Windows and macOS would overwrite one with the other. No name leaves the folder
 * it is unpacked in.
 */
export function nameEntries(fileNames: readonly string[]): string[] {
  const taken = new Set<string>()
  return fileNames.map(fileName => {
    const plain = plainName(fileName)
    const dot = plain.lastIndexOf('.')
    const [stem, extension] = dot > 0 ? [plain.slice(0, dot), plain.slice(dot)] : [plain, '']
    let name = plain
    for (let number = 2; taken.has(name.toLowerCase()); number++) name = `${stem} (${number})${extension}`
    taken.add(name.toLowerCase())
    return name
  })
}

/** Without folders, control characters and what Windows forbids. */
function plainName(fileName: string): string {
  const last = fileName.split(/[/\\]/).at(-1) ?? ''
  const plain = last
    .normalize('NFC')
    .replaceAll(/[\p{C}<>:"|?*]/gu, '_')
    .replace(/^[. ]+|[. ]+$/gu, '')
  return plain === '' ? 'photo' : plain
}
