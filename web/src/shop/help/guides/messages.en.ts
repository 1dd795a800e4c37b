import type { Translated } from '../../../base/i18n/translated.ts'
import type { guidesTh } from './messages.th.ts'

export const guidesEn: Translated<typeof guidesTh> = {
  missing: 'There is no such guide',
  back: 'Help',
  step: 'Step {n}',
  customers: {
    title: 'Guide for customers',
    lead: 'From the page of an event to the photos on your device',
    steps: {
      event: {
        title: 'Open the event',
        text: 'By the link or QR of its organizer, or by its name on the home page. An event with a code asks for the one that the organizer gave you.',
      },
      selfie: {
        title: 'Take a selfie',
        text: 'Press “Find my photos”, read and tick the consent, then take one selfie or choose one picture. Where it shows several people, we ask which one is you.',
      },
      choose: {
        title: 'Choose',
        text: 'Photos that surely show you come first. Press “Not me” on those of others. The lowest price is worked out for you.',
      },
      pay: {
        title: 'Pay by PromptPay',
        text: 'Enter an e-mail that you can open, and scan the QR. Transfer the exact amount, satang too. The page turns into your photos by itself.',
      },
      download: {
        title: 'Download',
        text: 'Photo by photo or all as a ZIP, at once. A link goes to your e-mail, too. You can download again until the day that the page names.',
      },
    },
  },
  photographers: {
    title: 'Guide for photographers',
    lead: 'From the invitation to the money in your account',
    steps: {
      join: {
        title: 'Accept the invitation',
        text: 'An organizer or a studio invites you by e-mail; the link is good for 7 days. Open it and sign in or register. The event is then in “My day”.',
      },
      upload: {
        title: 'Upload',
        text: 'Choose the whole folder from your card. Photos you sent before are skipped. When the net is lost, we wait and carry on. If you closed the page, add the same folder again: nothing starts over. Raw files are not taken; send JPEG.',
      },
      camera: {
        title: 'Or send from the camera',
        text: 'Where an event takes photos by FTP, FTPS or SFTP, the upload page has the button “Send from a camera”. It makes a login for your camera, and lists what came and what was refused.',
      },
      command: {
        title: 'Or send by the command line',
        text: 'For thousands of photos, or while you shoot on a cable, the program thepixstock-upload sends a folder and ends with a receipt; with --watch it goes on and sends what comes in. Ask the people of the shop for its file. The upload page shows the command for your event.',
      },
      proof: {
        title: 'Take the card out when the page says so',
        text: 'Once every file is stored and verified, the page says that you can take the card out, and lets you save the SHA-256 list as proof.',
      },
      approval: {
        title: 'Wait for approval',
        text: '“My photos” says what waits, what is on sale, and what was not taken and why. At some events photos of trusted photographers go on sale at once. You can delete what nobody has bought.',
      },
      earn: {
        title: 'See what you earn',
        text: '“My earnings” shows your share of each photo as soon as somebody buys it, with a statement a month as CSV, JSON and PDF.',
      },
      payout: {
        title: 'Get paid',
        text: 'Enter your bank account from “My earnings”. The studio collects what is due and transfers it, and an e-mail tells you. An account that was just entered or changed counts after some time.',
      },
    },
  },
  studios: {
    title: 'Guide for studios and organizers',
    lead: 'From a new event to its sales',
    steps: {
      create: {
        title: 'Create the event',
        text: '“Events”, then “Create an event”: names in both languages, place, time, watermark, and who finds it. It begins as a draft that visitors do not see. School events are never public.',
      },
      face: {
        title: 'Tell participants about faces',
        text: 'By law people must know that they can be found by face. Write into the event how they were told. While nothing is written there, search by face is off.',
      },
      invite: {
        title: 'Invite photographers and the organizer',
        text: 'By e-mail, from the page of the event. An organizer sees the events they organize alone, invites photographers, and sees their own share.',
      },
      approve: {
        title: 'Take photos and approve them',
        text: 'Press “Open for photos”. As photos come, approve them by the keys A and R, or all at once. Every decision can be undone.',
      },
      sell: {
        title: 'Sell and spread the word',
        text: 'Press “Put on sale”: the event is in the shop. Where people left their e-mail to be told, press “Announce the photos” once; everybody with a confirmed address gets a letter.',
      },
      care: {
        title: 'Care for buyers',
        text: '“Orders” finds them by number or e-mail and gives money back, whole or by the photo. What a buyer asks back you decide at the order, up to your limit. Larger sums are decided by the owner of the studio, slips and photos to take down by the people of the platform. What waits for you stands on “Overview”.',
      },
      close: {
        title: 'End the sale',
        text: '“Close the sale”: photos can be seen, not bought. “Archive”: the event leaves the shop. Buyers go on downloading until their time is over.',
      },
    },
  },
}
