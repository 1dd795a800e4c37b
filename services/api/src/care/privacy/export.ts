/** Files of an export by name: lists of rows. */
export type Export = Readonly<Record<string, readonly object[]>>
