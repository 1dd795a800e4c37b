import { Settings } from '../../settings.ts'

/** The cells come from one address within a minute: no limit may stand in their way. */
export const UNLIMITED: Record<string, string> = Object.fromEntries(
  Object.keys(Settings.shape)
    .filter(name => name.startsWith('LIMIT_'))
    .map(name => [name, '1000000']),
)
