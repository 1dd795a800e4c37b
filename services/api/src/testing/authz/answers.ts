import { PERSONS, type Person } from './persons.ts'

/**
 * What a cell expects: `+` is allowed and must be answered 2xx or 302, with the row's own objects in it where the request
 * names some; `-` is 2xx without them; a number refuses by that status.
 */
type Word = '+' | '-' | '401' | '403' | '404' | '409' | '410' | '422'
export type Answers = Record<Person, Word>

/** What everybody is answered on objects that are their own, and on those of the other studio where there are such. */
export interface Audience {
  own: Answers
  other?: Answers
}

/** A word and the persons who are answered with it, such as `+ manager owner`. */
type Exception = `${Word} ${string}`

const isPerson = (name: string): name is Person => (PERSONS as readonly string[]).includes(name)

/** Everybody is answered `word`, except the persons that the exceptions name. */
function all(word: Word, ...exceptions: Exception[]): Answers {
  const answers = Object.fromEntries(PERSONS.map(person => [person, word])) as Answers
  for (const exception of exceptions) {
    const [other, ...persons] = exception.split(' ')
    for (const person of persons) {
      if (!isPerson(person)) throw new Error(`nobody is called ${person}`)
      answers[person] = other as Word
    }
  }
  return answers
}

/** Nobody without a good access token; who has one is answered `word`, except the persons that the exceptions name. */
const signed = (word: Word, ...exceptions: Exception[]): Answers =>
  all(word, '401 anonymous guest buyer suspended studioKey platformKey', ...exceptions)

/** Who is answered how. `other` is about the other studio's objects. */
export const AUDIENCES = {
  everybody: { own: all('+') },
  /** Open to everybody, and there is none yet. */
  everybodyOnNothing: { own: all('404') },
  everybodyOnAny: { own: all('+'), other: all('+') },
  /** Only a person's own are in it. */
  buyersList: { own: all('-', '+ buyer') },
  buyer: { own: all('404', '+ buyer'), other: all('404') },
  /** A write that must not happen twice: a token that is no longer valid is answered 401. */
  buyerOnce: { own: all('404', '+ buyer', '401 suspended'), other: all('404', '401 suspended') },
  everybodyOnce: { own: all('+', '401 suspended') },
  /** A password is asked for again, and the right token alone does nothing. */
  nobodyByToken: { own: signed('422') },
  signedIn: { own: signed('+') },
  /** By a link that was used. */
  signedInOnUsedLink: { own: signed('410') },
  /** Members of the studio. A platform admin is a member of none. */
  members: { own: signed('404', '+ photographer colleague sales manager owner'), other: signed('404', '+ rival') },
  /** The organizer of the event, and who manages it. */
  organizer: {
    own: signed('403', '+ organizer manager owner admin', '404 otherOrganizer'),
    other: signed('403', '+ otherOrganizer admin', '404 organizer manager owner'),
  },
  /** What is theirs, and there is no such thing. */
  signedInOnNothing: { own: signed('404') },
  /** Planned events, and what is not yet on sale in them. */
  crewOrHidden: {
    own: all('404', '+ photographer organizer manager owner admin'),
    other: all('404', '+ rival otherOrganizer admin'),
  },
  photographerOrHidden: {
    own: all('404', '+ photographer manager owner admin'),
    other: all('404', '+ rival admin'),
  },
  crewsList: { own: signed('-', '+ photographer organizer manager owner admin') },
  photographersList: { own: signed('403', '+ photographer colleague rival manager owner admin') },
  organizersList: { own: signed('-', '+ organizer') },
  /** A photographer's own photos. */
  photographer: {
    own: signed('403', '+ photographer manager owner admin', '404 colleague rival'),
    other: signed('403', '+ rival admin', '404 photographer colleague manager owner'),
  },
  /** By a provider: this scene has none. */
  withProvider: { own: all('404') },
  signedInWithProvider: { own: signed('404') },
  /** Gone once there is an admin. */
  nobody: { own: all('404') },
  /** Who manages the event or its studio. */
  manager: {
    own: signed('403', '+ manager owner admin'),
    other: signed('403', '+ admin', '404 manager owner'),
  },
  /** Who helps the studio's customers. */
  sales: {
    own: signed('403', '+ sales manager owner admin'),
    other: signed('403', '+ admin', '404 sales manager owner'),
  },
  salesOrKey: {
    own: signed('403', '+ sales manager owner admin studioKey platformKey'),
    other: signed('403', '+ admin platformKey', '404 sales manager owner studioKey'),
  },
  salesListOrKey: { own: signed('403', '+ sales manager owner admin studioKey platformKey') },
  /** Who manages it, or a service key with the scope. */
  managerOrKey: {
    own: signed('403', '+ manager owner admin studioKey platformKey'),
    other: signed('403', '+ admin platformKey', '404 manager owner studioKey'),
  },
  /** Only who has begun it carries on with an upload. */
  uploader: {
    own: signed('403', '+ photographer', '404 colleague rival manager owner admin studioKey platformKey'),
    other: signed('403', '+ rival', '404 photographer colleague manager owner admin studioKey platformKey'),
  },
  /** Only whose camera it is. */
  cameraOwner: {
    own: signed('403', '+ photographer', '404 colleague rival manager owner admin'),
    other: signed('403', '+ rival', '404 photographer colleague manager owner admin'),
  },
  photographerOrKey: {
    own: signed('403', '+ photographer manager owner admin studioKey platformKey', '404 colleague rival'),
    other: signed('403', '+ rival admin platformKey', '404 photographer colleague manager owner studioKey'),
  },
  managersListOrKey: { own: signed('403', '+ manager owner admin studioKey platformKey') },
  ownersListOrKey: { own: signed('403', '+ owner admin studioKey platformKey') },
  /** Lists of the platform: an owner has the standing somewhere, and the list is not theirs. */
  platformsList: { own: signed('403', '+ admin', '404 owner') },
  owner: {
    own: signed('403', '+ owner admin'),
    other: signed('403', '+ admin', '404 owner'),
  },
  /** The photographer's own share. */
  payee: { own: signed('404', '+ photographer'), other: signed('404', '+ rival') },
  /** Lists that are about the caller's own studio where the request names none. */
  salesList: { own: signed('403', '+ sales manager owner admin') },
  managersList: { own: signed('403', '+ manager owner admin') },
  admin: { own: signed('403', '+ admin') },
  adminOnAny: { own: signed('403', '+ admin'), other: signed('403', '+ admin') },
} as const satisfies Record<string, Audience>
