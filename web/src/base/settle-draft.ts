/** Takes what the server has kept into a form. A field that was changed since it was sent stays as it is typed. */
export function settleDraft<T extends object>(draft: T, sent: Readonly<T>, kept: Partial<T>): void {
  for (const [name, value] of Object.entries(kept) as [keyof T, T[keyof T]][])
    if (draft[name] === sent[name]) draft[name] = value
}
