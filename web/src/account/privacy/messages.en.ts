import type { Translated } from '../../base/i18n/translated.ts'
import type { privacyTh } from './messages.th.ts'

export const privacyEn: Translated<typeof privacyTh> = {
  version: 'Version of {version}',
  failed: 'This page did not load',
  noticeTitle: 'Privacy notice',
  termsTitle: 'Terms of use',
  noticeLink: 'Privacy notice',
  termsLink: 'Terms of use',
  mineLink: 'My data',
  notice: {
    who: {
      title: 'Who answers for your data',
      text: '{seller}. Write to {contact}. You may complain to the Personal Data Protection Committee of Thailand.',
    },
    face: {
      title: 'Faces',
      text: 'We search by face only where you agreed. The selfie and the numbers of its face are deleted when the search ends, after {selfieMinutes} minutes at the latest. Results are kept {resultsDays} days, or until you delete them. The numbers of the faces in an event’s photos are deleted {facesDays} days after the event, unless the event has a date of its own.',
    },
    photos: {
      title: 'Photos of an event',
      text: 'Photographers take photos and send them in for sale. Of a closed event they are deleted {eventsDays} days after the event and its sale. A photo that somebody bought is kept until its buyer may no longer download it.',
    },
    purchase: {
      title: 'Purchases',
      text: 'We keep the e-mail address, what was bought, and the payment. Downloads last {downloadDays} days. A ZIP is kept {archiveDays} days and can be made again. Tax law orders us to keep paid orders: they are not deleted on request.',
    },
    account: {
      title: 'Account and devices',
      text: 'We use two cookies: one for cart and searches, for {sessionDays} days after its last use, and one for signing in, for {signInDays} days. There is no advertising cookie. The record of who did what here is kept as evidence, with IP address and device.',
    },
    shared: {
      title: 'Who receives data',
      text: 'The bank receives the amount and the number of the payment. Photographers see which photo was sold, not who bought it. We sell no data and give faces to nobody.',
    },
    rights: {
      title: 'Your rights',
      text: 'On the page “My data” you take a consent back, get a copy of everything, and delete your data, yourself and without an account. For a child, a parent or guardian agrees.',
    },
  },
  terms: {
    seller: { title: 'Seller', text: 'The seller is {seller}. Write to {contact}.' },
    buying: {
      title: 'Buying',
      text: 'The price shown is the price paid. An order holds once the money is there. From then on the original files can be downloaded for {downloadDays} days.',
    },
    use: {
      title: 'What you may do with a photo',
      text: 'A photo that you bought is yours to use privately. The photographer keeps the copyright. Commercial use has to be agreed with the seller first.',
    },
    faces: {
      title: 'Searching by face',
      text: 'Search only for your own face, or for somebody you may act for. Searching for others is forbidden.',
    },
    problems: {
      title: 'When something is wrong',
      text: 'Where a file is not what you bought or cannot be downloaded, write to {contact}. Thai law applies, and your rights as a consumer stay whole.',
    },
  },
  link: {
    title: 'Be found again',
    lead: 'You asked not to be found by your face at an event. With this button you take that back.',
    leadDeleted: 'Faces that were deleted do not come back.',
    broken: 'The link is not whole. Open it from the e-mail again',
    submit: 'Take it back',
    failed: 'That was not done',
    done: 'Taken back',
    doneHide: 'Your face at {event} is found again.',
    doneDelete: 'The kept face for {event} is deleted. Faces that were deleted in its photos do not come back.',
  },
  mine: {
    title: 'My data',
    guest: 'Of this browser',
    account: 'Of the account {email}',
    consents: 'Consents',
    noConsents: 'You have not agreed to anything yet',
    purpose: {
      face_search: 'Search by face',
      kept_face: 'A face kept to leave it out',
      objection: 'A selfie not to be found by',
      guardian: 'Guardian’s confirmation',
    },
    objections: 'Where you are not found',
    objection: { hide: 'Your face is hidden from other people’s searches', delete: 'Your face was deleted' },
    objectionKept: 'Later photos leave you out, too',
    objectionNotKept: 'Later photos are not looked through',
    askedAt: 'Asked on {at}',
    takeBack: 'Take back',
    takenBack: 'Taken back. A hidden face is found again',
    goneEvent: 'An event that was deleted',
    granted: 'Agreed on {at}',
    withdrawn: 'Taken back',
    text: 'What you agreed to',
    withdraw: 'Take back',
    withdrawNote: 'Taken back. The results of that event are gone',
    export: 'A copy of everything',
    exportText: 'A ZIP with all that we keep about you, to read and to take elsewhere.',
    exportDo: 'Download',
    exported: 'Downloaded',
    delete: 'Delete',
    deleteVisit:
      'Deletes the searches, cart and consents of this browser at once. Tax law orders us to keep paid orders; their photos can still be downloaded.',
    deleteVisitDo: 'Delete the data of this browser',
    deleteAccount:
      'Deletes the account at once: name, e-mail address and sign-ins are gone. Photos that you uploaded and nobody ordered are deleted. Tax law orders us to keep orders and photos that were sold, without your name.',
    deleteAccountDo: 'Delete the account',
    password: 'Password',
    passwordHint: 'If the account has no password, type its e-mail address',
    sure: 'This cannot be undone',
    cancel: 'Cancel',
    deleted: 'Deleted',
  },
}
