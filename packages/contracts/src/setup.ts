import { z } from 'zod'
import { NewPassword, PersonName } from './accounts.ts'
import { Nothing, Text } from './common.ts'
import { type Contract, problem } from './contract.ts'
import { Email } from './email.ts'

/** The token of the link that the api prints at its start. Any other text is refused like a link that is used up. */
const SetupToken = Text.max(100)

/** Both routes are gone, 404, once the installation has a platform admin. */
export const checkSetupLink = {
  method: 'POST',
  url: '/setup/link',
  config: { access: 'public', limit: 'login' },
  schema: {
    summary: 'Whether a setup link is good. It stays good',
    tags: ['setup'],
    body: z.strictObject({ token: SetupToken }),
    response: { 204: Nothing, 404: problem('not_found'), 410: problem('setup_link_invalid') },
  },
} as const satisfies Contract

export const setUp = {
  method: 'POST',
  url: '/setup',
  config: { access: 'public', limit: 'login' },
  schema: {
    summary: 'Make the first platform admin by the setup link, who then signs in',
    tags: ['setup'],
    body: z.strictObject({
      token: SetupToken,
      email: Email,
      name: PersonName,
      password: NewPassword,
    }),
    response: {
      201: Nothing,
      404: problem('not_found'),
      410: problem('setup_link_invalid'),
      422: problem('password_common', 'password_personal'),
    },
  },
} as const satisfies Contract
