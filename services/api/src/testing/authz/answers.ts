import { PERSONS, type Person } from './scene.ts'

/**
 * What a cell expects: `+` is allowed and must be answered 2xx or 302, with the row's own objects in it where the request
 * names some; `-` is 2xx without them; a number refuses by that status.
 */
type Word = '+' | '-' | '401' | '403' | '404' | '409' | '410'
export type Answers = Record<Person, Word>

/** What everybody is answered on objects that are their own, and on those of the other studio where there are such. */
export interface Audience {
  own: Answers
  other?: Answers
}

const WORDS = /^([+-]|401|403|404|409|410|422)$/

/** A word for each person, in the order of PERSONS. */
function row(words: string): Answers {
  const given = words.trim().split(/\s+/)
  if (given.length !== PERSONS.length || !given.every(word => WORDS.test(word))) throw new Error(`no row: ${words}`)
  return Object.fromEntries(PERSONS.map((person, at) => [person, given[at]])) as Answers
}

const audience = (own: string, other?: string): Audience => ({
  own: row(own),
  ...(other === undefined ? {} : { other: row(other) }),
})

/** Who is answered how. The columns are PERSONS; the second row is about the other studio's objects. */
export const AUDIENCES = {
  //                  anon guest buyer cust photo coll rival org  org2 susp admin
  everybody: audience('+    +    +    +    +    +    +    +    +    +    +  '),
  everybodyOnAny: audience(
    '                  +    +    +    +    +    +    +    +    +    +    +  ',
    '                  +    +    +    +    +    +    +    +    +    +    +  ',
  ),
  /** Only a person's own are in it. */
  buyersList: audience('-   -    +    -    -    -    -    -    -    -    -  '),
  buyer: audience(
    '                  404  404  +    404  404  404  404  404  404  404  404',
    '                  404  404  404  404  404  404  404  404  404  404  404',
  ),
  /** A write that must not happen twice: who came with a token that holds no more is told so. */
  buyerOnce: audience(
    '                  404  404  +    404  404  404  404  404  404  401  404',
    '                  404  404  404  404  404  404  404  404  404  401  404',
  ),
  everybodyOnce: audience('                  +    +    +    +    +    +    +    +    +    401  +  '),
  /** A password is asked for again, and the right token alone does nothing. */
  nobodyByToken: audience('401  401  401  422  422  422  422  422  422  401  422'),
  signedIn: audience('401  401  401  +    +    +    +    +    +    401  +  '),
  /** By a link that was used. */
  signedInOnUsedLink: audience('401 401 401 410 410 410 410 410 410 401 410'),
  /** Of the house studio, whose photographers they all are. */
  houseMembers: audience(
    '                  401  401  401  404  +    +    +    404  404  401  404',
    '                  401  401  401  404  404  404  404  404  404  401  404',
  ),
  /** Of the event, and whoever manages it. */
  organizer: audience(
    '                  401  401  401  403  403  403  403  +    404  401  +  ',
    '                  401  401  401  403  403  403  403  404  +    401  +  ',
  ),
  /** What is theirs, and there is no such thing. */
  signedInOnNothing: audience('401 401 401 404 404 404  404  404  404  401  404'),
  /** Planned events, and what is not yet on sale in them. */
  crewOrHidden: audience(
    '                  404  404  404  404  +    404  404  +    404  404  +  ',
    '                  404  404  404  404  404  404  +    404  +    404  +  ',
  ),
  photographerOrHidden: audience(
    '                  404  404  404  404  +    404  404  404  404  404  +  ',
    '                  404  404  404  404  404  404  +    404  404  404  +  ',
  ),
  crewsList: audience('401  401  401  -    +    -    -    +    -    401  +  '),
  organizersList: audience('401 401 401 -   -    -    -    +    -    401  -  '),
  /** A photographer's own photos. */
  photographer: audience(
    '                  401  401  401  403  +    404  404  403  403  401  +  ',
    '                  401  401  401  403  404  404  +    403  403  401  +  ',
  ),
  /** By a provider: this scene has none. */
  withProvider: audience('404 404 404 404  404  404  404  404  404  404  404'),
  signedInWithProvider: audience('401 401 401 404 404 404 404 404 404 401 404'),
  /** Gone once there is an admin. */
  nobody: audience('  404  404  404  404  404  404  404  404  404  404  404'),
  admin: audience('   401  401  401  403  403  403  403  403  403  401  +  '),
  adminOnAny: audience(
    '                  401  401  401  403  403  403  403  403  403  401  +  ',
    '                  401  401  401  403  403  403  403  403  403  401  +  ',
  ),
} as const
