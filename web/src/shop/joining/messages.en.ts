import type { Translated } from '../../base/i18n/translated.ts'
import type { joiningTh } from './messages.th.ts'

export const joiningEn: Translated<typeof joiningTh> = {
  sectionTitle: 'Photographers: upload tonight, sell by morning',
  sectionText: 'Drop a whole folder. Watermarks and faces are done for you.',
  sectionShare: 'You keep {share} of the net of every sale.',
  sectionStored: 'Every photo stored and verified',
  sectionButton: 'Sell with us',
  title: 'Sell event photos without looking for the people in them',
  titleAt: 'Photograph for {name}',
  lead: 'You shoot and upload. People find themselves with a selfie and pay by PromptPay. The shop, the payment and the downloads are ours to run.',
  share: 'of the net of every sale is yours',
  shareByKind: 'of the net of a sale is yours, by kind of event',
  ask: 'Ask to join',
  failed: "We couldn't load the shares",
  example: 'What each package pays you',
  exampleText:
    'Where all photos of a package are yours: by the prices and rules of this moment, reckoned as a sale is.',
  package: 'Package',
  price: 'Customer pays',
  yours: 'You get',
  net: 'The net is the price after any discount.',
  netVat: 'The net is the price after any discount and {vat}% VAT.',
  netFee: 'The net is the price after any discount and {fee}% for taking the payment.',
  netBoth: 'The net is the price after any discount, {vat}% VAT and {fee}% for taking the payment.',
  agreed: 'Where a share was agreed for an event or a photographer, that one counts.',
  forYou: 'What is done for you',
  done: {
    proof: {
      title: 'Take the card out with an easy mind',
      text: 'Every file is stored and checked by SHA-256. A lost connection or a closed page carries on where it was, and a list is yours as proof.',
    },
    faces: {
      title: 'People find your photos by themselves',
      text: 'Watermarks, faces and the order by time are done for you. One selfie leads to every photo that somebody is in.',
    },
    money: {
      title: 'See the money of each photo',
      text: 'Each photo sold is in your earnings at once, with a statement every month.',
    },
    rights: {
      title: 'The copyright stays yours',
      text: 'Customers get files for private use. What nobody has bought you can delete at any time.',
    },
  },
  steps: 'How to begin',
  step: {
    ask: {
      title: 'Get invited',
      text: 'Studios and organizers invite photographers by e-mail. Without an invitation, write to us below: which events you photograph, and where.',
    },
    upload: {
      title: 'Send your photos',
      text: 'A whole folder from the browser, straight from the camera by FTP or SFTP where the event takes it, or by a command line that watches a folder. Send JPEG.',
    },
    sale: {
      title: 'Go on sale',
      text: 'The people of the event approve photos. At some events those of trusted photographers are on sale at once. You see why a photo was not taken.',
    },
    paid: {
      title: 'Get paid',
      text: 'Enter your bank account. From {least} on, {n} day after a sale, the studio collects what is due and transfers it. | Enter your bank account. From {least} on, {n} days after a sale, the studio collects what is due and transfers it.',
    },
  },
  paidPlain: 'Enter your bank account. The studio collects what is due and transfers it.',
  paidSoon: 'Enter your bank account. From {least} on, the studio collects what is due and transfers it.',
  begin: 'Begin now',
  invited: 'You are invited',
  invitedText: 'Open the link of the e-mail that invites you, or sign in where you have accepted it before.',
  signIn: 'Sign in',
  notYet: 'No invitation yet',
  notYetText:
    'Write to us: which events you photograph, and where. If you organize events or run a studio, talk to us, too.',
  notYetAt: 'Write to {name}: which events you photograph, and where.',
  noContacts:
    'This shop names no contact yet. Ask the organizer of the event that you are going to photograph: organizers can invite you.',
  guide: 'Read the guide for photographers',
}
