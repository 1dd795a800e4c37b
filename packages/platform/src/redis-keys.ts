/**
 * The beginnings of all keys in Redis, and what they hold. The privacy audit calls any other key unknown, and a test that
 * leaves one in its Redis fails. How long those with something of a face may lie there is said in packages/jobs/src/faces.ts.
 */
export const REDIS_KEYS: Readonly<Record<string, string>> = {
  'bull:': 'queues: ids only, which is looked at',
  'failed-jobs:': 'jobs that threw: their ids, and why',
  'sweeps:': 'when each sweep last ran, and how it ended',
  'limit:': 'requests counted for limits',
  'people:': 'hashes of people found, counted for a network',
  'code-tries:': 'tries of an event’s code, counted under the hash of a network',
  'captcha:': 'signatures of captchas that were used',
  'event:popular': 'ids of the events that are visited most',
  'event-hour:': 'visits and filled carts of an hour, counted by event',
  'face:workers': 'face engines of the workers that are there',
  'search:seats': 'search workers that are there',
  'search:probe:': 'the embedding of a search',
  'search:live:': 'the embedding of results that are open',
  'search:faces:': 'the faces of a selfie',
  'search:objector:': 'the faces of somebody who objects',
}

/** Whether somebody has said what a key holds. */
export const isKnownKey = (key: string): boolean =>
  Object.keys(REDIS_KEYS).some(beginning => key === beginning || (beginning.endsWith(':') && key.startsWith(beginning)))
