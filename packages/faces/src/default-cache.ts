import { homedir } from 'node:os'
import { join } from 'node:path'

/** Where commands and tests keep weights that were fetched and graphs made from them; \`npm start\` uses the same. */
export const defaultFaceCache = (): string => join(homedir(), '.cache/thepixstock/faces')
