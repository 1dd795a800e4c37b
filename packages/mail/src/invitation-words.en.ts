import type { InvitationWords } from './words.ts'

const OTHERWISE = 'If the button does nothing, open this address:'
const HINT =
  'The link is good for 7 days and works once. With it you make an account for this address, or sign in to the one you have.'
const WHY =
  'This e-mail was sent automatically, because {studio} invited this address. If you do not know them, you need do nothing.'

/** The letters that invite, in English. */
export const invitationEn: InvitationWords = {
  studio_invitation: {
    subject: '{studio} invites you',
    lines: [
      '{studio} invites you to work with them at ThePixStock.',
      'The page behind this button says as what, and asks whether you want to.',
    ],
    action: 'See the invitation',
    hint: HINT,
    otherwise: OTHERWISE,
    why: WHY,
  },
  photographer_invitation: {
    subject: 'Take the photos of {event}',
    lines: [
      '{studio} invites you to take photos at {event}.',
      'Once you have accepted, you upload them at ThePixStock.',
    ],
    action: 'See the invitation',
    hint: HINT,
    otherwise: OTHERWISE,
    why: WHY,
  },
  organizer_invitation: {
    subject: 'You organize {event}',
    lines: [
      '{studio} sells the photos of {event} at ThePixStock, and invites you as its organizer.',
      'Once you have accepted, you see the event there and invite its photographers.',
    ],
    action: 'See the invitation',
    hint: HINT,
    otherwise: OTHERWISE,
    why: WHY,
  },
}
