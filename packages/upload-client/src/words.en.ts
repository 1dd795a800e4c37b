import type { LeftOut } from './find-photos.ts'

const number = (count: number) => count.toLocaleString('en-US')
const counted = (count: number, one: string, more = '') =>
  count === 0 ? [] : [`${number(count)} ${one}${count === 1 ? '' : 's'}${more}`]

export const wordsEn = {
  usage: `thepixstock-upload <folder> --event <slug or id> --url <address of the shop>

  --email <address>   who signs in; asked for otherwise. The password is asked for.
  --watch             goes on and sends what comes into the folder, until Ctrl-C
  --parallel <n>      files at a time, 1 to 16 (6)
  --receipt <file>    where the list of stored files is written
                      (thepixstock-<event>.sha256 in the present folder)
  --lang <th or en>   the language of this program; that of the terminal without it

Instead of signing in: an access token or a service key in PIX_TOKEN, or the password in PIX_PASSWORD.
A folder that was sent in part is gone on with. The exit code is 0 when every photo is stored.`,
  oneFolder: 'Name one folder',
  whichEvent: 'Say which event: --event <slug or id>',
  whereShop: 'Say where the shop is: --url https://…',
  howMany: '--parallel is from 1 to 16',
  whichLanguage: '--lang is th or en',
  email: 'E-mail: ',
  password: 'Password: ',
  code: 'Code of the authenticator app: ',
  notBegun: (reason: string) => `That did not work: ${reason}`,
  noFolder: (folder: string) => `There is no folder ${folder}`,
  photos: (count: number, folder: string) => `${number(count)} ${count === 1 ? 'photo' : 'photos'} in ${folder}`,
  watching: 'Watching the folder. Ctrl-C ends it, once what has come is stored',
  progress: (stored: number, left: number) => `${number(stored)} stored, ${number(left)} to go`,
  notStored: (name: string, reason: string) => `not stored: ${name} (${reason})`,
  failed: (name: string, reason: string) => `${name}: ${reason}`,
  otherArrived: 'what arrived is not what was read; look at it in the event',
  readDifferently: 'was read differently each time: the card may be damaged',
  onlyHere: ({ raw, alone, videos, links }: LeftOut) =>
    `Only in the folder: ${[
      ...counted(raw, 'RAW file', alone === 0 ? '' : ` (${number(alone)} without a JPEG beside)`),
      ...counted(videos, 'video'),
      ...counted(links, 'link'),
    ].join(', ')}. The shop takes JPEG, PNG, WebP, TIFF, AVIF and HEIC`,
  lastLine: (stored: number, all: number) => `${number(stored)} of ${number(all)} stored and verified`,
  receipt: (file: string) => `Receipt: ${file}`,
  noReceipt: (reason: string) => `The receipt could not be written: ${reason}`,
  reasons: {
    wrong_credentials: 'the e-mail address or the password is wrong',
    wrong_second_factor: 'the code is wrong',
    unauthorized: 'the sign-in is not valid',
    session_expired: 'the sign-in has ended: start again',
    captcha_needed: 'too many wrong tries: sign in once in the browser, or use PIX_TOKEN',
    account_locked: 'too many wrong tries: wait, then try again',
    second_factor_required: 'this account needs a second factor first: turn it on in the browser',
    forbidden: 'this account may not upload to this event',
    internal: 'something went wrong in the shop',
    email_not_verified: 'confirm your e-mail address first',
    not_found: 'there is no such event, or you may not upload to it',
    uploads_closed: 'the event takes no more photos',
    studio_closed: 'the studio is suspended or closed',
    network: 'the shop cannot be reached',
    unavailable: 'the shop does not answer',
    rate_limited: 'too many tries: wait a moment',
    empty_file: 'the file is empty',
    not_an_image: 'not a photo that the shop reads: send it as JPEG',
    raw_file: 'a raw file: send it as JPEG',
    unsupported_colors: 'Lab colors: save it as RGB',
    file_too_large: 'the file is too large',
    image_too_large: 'the photo has too many pixels',
    image_too_small: 'the photo is too small',
  },
}

/** What the program says; English says which words there are. */
export type Words = typeof wordsEn
