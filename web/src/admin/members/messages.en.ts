import type { Translated } from '../../base/i18n/translated.ts'
import type { membersTh } from './messages.th.ts'

export const membersEn: Translated<typeof membersTh> = {
  title: 'Members',
  lead: 'Who works here, and what they may do',
  failed: 'The members could not be loaded',
  none: 'Nobody works for this studio yet',
  notDone: 'That did not work',
  who: 'Name',
  role: 'Role',
  roleOf: 'Role of {name}',
  since: 'Member since',
  lastSeen: 'Last seen',
  notLately: 'not lately',
  actions: 'Actions',
  me: 'You',
  remove: 'Remove',
  leave: 'Leave the studio',
  keep: 'Keep as it is',
  removeTitle: 'Remove {name} from the studio?',
  removeText:
    'At once they can no longer open the console, nor upload to events of the studio. Invitations they sent end. Photos they uploaded stay',
  leaveTitle: 'Leave this studio?',
  leaveText:
    'You can then no longer open the console, nor upload to events of the studio. Photos you uploaded stay. You come back when you are invited again',
  invite: 'Invite somebody',
  inviteText: 'A letter with a link goes out. Who has no account yet makes one from it',
  means: {
    owner: 'Everything, members and the bank account included',
    manager: 'Events, photos, prices and orders',
    sales: 'Orders, and help for customers',
    photographer: 'Uploads to the events they are put on',
  },
}
