import type { NoticeText } from './notice-text.ts'

export const text: NoticeText = {
  th: [
    {
      title: 'ใครดูแลข้อมูล',
      text: '{seller} ติดต่อได้ที่ {contact} คุณร้องเรียนต่อสำนักงานคณะกรรมการคุ้มครองข้อมูลส่วนบุคคลได้',
    },
    {
      title: 'ค้นหาด้วยใบหน้า',
      text: 'เราค้นหาด้วยใบหน้าเมื่อคุณยินยอมเท่านั้น ถ้าโทรศัพท์ของคุณอ่านใบหน้าเองได้ โทรศัพท์จะส่งเฉพาะตัวเลขของใบหน้า ไม่ส่งรูป ถ้าอ่านเองไม่ได้จะส่งเซลฟี่ เซลฟี่และตัวเลขถูกลบเมื่อค้นหาเสร็จ ช้าที่สุด {selfieMinutes} นาที ผลค้นหาเก็บไว้ {resultsDays} วัน หรือจนกว่าคุณจะลบ ถ้าคุณขอให้แจ้งเมื่อมีรูปใหม่ เราเก็บอีเมลกับตัวเลขของใบหน้าแบบเข้ารหัส จนกว่าจะส่งอีเมล ปิดการขาย หรือคุณยกเลิก ผลที่ค้นหาขณะเข้าสู่ระบบด้วยบัญชีที่ยืนยันอีเมลแล้ว คุณเห็นได้จากเครื่องอื่นที่เข้าสู่ระบบด้วย ตัวเลขของใบหน้าในรูปของงานถูกลบภายใน {facesDays} วันหลังงานจบ เว้นแต่งานนั้นกำหนดวันไว้เป็นอย่างอื่น',
    },
    {
      title: 'การขอไม่ให้ค้นพบ',
      text: 'คุณขอได้ว่าอย่าให้ใครค้นพบใบหน้าของคุณในงาน หรือขอให้ลบใบหน้าของคุณในงานนั้น จากนั้นใบหน้าในรูปของงานจะถูกซ่อนหรือถูกลบ ถ้าคุณยินยอม เราเก็บตัวเลขของใบหน้าไว้ เพื่อให้รูปที่มาทีหลังไม่พบคุณด้วย ตัวเลขนี้ถูกลบพร้อมใบหน้าอื่นของงาน คือ {facesDays} วันหลังงานจบเว้นแต่งานกำหนดวันไว้เป็นอย่างอื่น หรือเมื่อคุณยกเลิกคำขอหรือถอนความยินยอม อีเมลที่คุณให้ไว้เก็บนานเท่ากัน เพื่อลิงก์ยกเลิกคำขอ',
    },
    {
      title: 'รูปของงาน',
      text: 'ช่างภาพถ่ายและส่งรูปมาขาย เมื่อปิดงานแล้ว รูปถูกลบ {eventsDays} วันหลังงานและการขายจบ ถ้างานถูกลบ รูปถูกลบภายในไม่กี่นาที รูปที่มีคนซื้อเก็บไว้จนผู้ซื้อหมดเวลาดาวน์โหลด',
    },
    {
      title: 'การซื้อ',
      text: 'เราเก็บอีเมล รายการที่ซื้อ และการจ่ายเงิน ดาวน์โหลดได้ {downloadDays} วัน ไฟล์ ZIP เก็บไว้ {archiveDays} วันและสร้างใหม่ได้ บัญชีหรือพร้อมเพย์ที่รับเงินคืนถูกเข้ารหัสไว้ และถูกลบ {refundPayeeDays} วันหลังโอนหรือปฏิเสธ รูปสลิปที่คุณส่งถูกลบ {slipDays} วันหลังตรวจเสร็จ ถ้าคุณให้รูปกับใครด้วยลิงก์ ชื่อและข้อความที่คุณเขียนถึงผู้รับเก็บไว้จนกว่าลิงก์หมดอายุหรือคุณยกเลิก ถ้าคุณรับส่วนแบ่ง บัญชีธนาคารของคุณถูกเข้ารหัสไว้ บัญชีที่เปลี่ยนแล้วหรือเงินโอนตีกลับถูกลบหลังจากนั้น {payeeAccountDays} วัน และใบแสดงรายได้เป็น PDF ถูกลบหลัง {statementDays} วัน คำสั่งซื้อที่จ่ายแล้วเก็บไว้ตามกฎหมายภาษี ลบตามคำขอไม่ได้',
    },
    {
      title: 'อีเมลและคำขอ',
      text: 'อีเมลที่เราส่งเก็บไว้ {lettersDays} วันพร้อมที่อยู่ผู้รับ ที่อยู่ที่รับอีเมลของเราไม่ได้เก็บไว้เพื่อไม่ส่งอีก ข้อความและที่อยู่ของผู้ที่ขอให้นำรูปออกถูกลบ {takedownDays} วันหลังตัดสิน คำเชิญร่วมงานถูกลบ {invitationDays} วันหลังหมดอายุ อีเมลที่คุณฝากไว้เพื่อให้แจ้งเรื่องรูปของงานถูกลบเมื่อเราเขียนถึงคุณแล้ว เมื่อคุณยกเลิก เมื่องานถูกเก็บถาวร หรือ 7 วันถ้าไม่มีใครยืนยัน',
    },
    {
      title: 'บัญชีและเครื่องที่ใช้',
      text: 'เราใช้คุกกี้ของตะกร้ากับการค้นหา อยู่ {sessionDays} วันหลังใช้ครั้งสุดท้าย รูปโปรดอยู่นานเท่าคุกกี้นี้ ถ้าเก็บไว้กับบัญชีจะอยู่จนกว่าคุณเอาออก ผู้ที่เข้าสู่ระบบมีคุกกี้ของการเข้าสู่ระบบ อยู่ {signInDays} วัน คุกกี้ที่จำว่าเบราว์เซอร์นี้เคยเข้าสู่ระบบ อยู่ {deviceDays} วัน และคุกกี้สั้น ๆ ระหว่างเข้าสู่ระบบ ไม่มีคุกกี้โฆษณา บันทึกว่าใครทำอะไรในระบบเก็บไว้เป็นหลักฐาน มีหมายเลข IP และชื่อเครื่อง บันทึกของเซิร์ฟเวอร์มีหมายเลข IP เวลา และหน้าที่ขอ เก็บไม่เกิน 90 วันเพื่อหาข้อผิดพลาด และหมายเลข IP ที่ถูกกันไว้เพราะโจมตีเครื่องของเรา เก็บไม่เกินหนึ่งปี ของสิ่งที่คุณให้ลบ เราเก็บเฉพาะรหัสไว้ไม่เกิน 36 วัน เพื่อลบซ้ำได้ถ้าต้องกู้ข้อมูลสำรอง',
    },
    {
      title: 'อะไรออกจากเครื่องของเรา',
      text: 'ธนาคารได้รับยอดเงินและเลขที่การจ่าย ผู้ให้บริการอีเมลได้รับที่อยู่ของคุณและตัวอีเมล ถ้าคุณเข้าสู่ระบบด้วย Google หรือผู้ให้บริการอื่น ผู้นั้นรู้ว่าคุณเข้าสู่ระบบที่นี่ ช่างภาพเห็นว่ารูปไหนขายได้ แต่ไม่เห็นว่าใครซื้อ เซลฟี่ ใบหน้า และตัวเลขของใบหน้าไม่ออกจากเครื่องของเราไปหาใคร เราไม่ขายข้อมูล',
    },
    {
      title: 'สิทธิของคุณ',
      text: 'คุณถอนความยินยอม ขอสำเนาข้อมูลทั้งหมด และลบข้อมูลได้เองที่หน้า “ข้อมูลของฉัน” ไม่ต้องมีบัญชี ผู้ที่ซื้อโดยไม่มีบัญชีเปิดหน้านี้จากเครื่องอื่นได้ด้วยลิงก์และรหัสในอีเมลของคำสั่งซื้อ เด็กต้องให้ผู้ปกครองยินยอมแทน',
    },
  ],
  en: [
    {
      title: 'Who answers for your data',
      text: '{seller}. Write to {contact}. You may complain to the Personal Data Protection Committee of Thailand.',
    },
    {
      title: 'Search by face',
      text: 'We search by face only where you agreed. Where your phone can read the face itself, it sends the numbers of the face and no picture; otherwise it sends the selfie. Selfie and numbers are deleted when the search ends, after {selfieMinutes} minutes at the latest. Results are kept {resultsDays} days, or until you delete them. Where you ask to be told about new photos, we keep the address and the numbers of the face, encrypted, until that e-mail is written, the sale ends, or you take it back. What you searched while signed in, with a confirmed address, you see on your other devices, too. The numbers of the faces in an event’s photos are deleted {facesDays} days after the event, unless the event has a date of its own.',
    },
    {
      title: 'Asking not to be found',
      text: 'You may ask that nobody finds you by your face at an event, or that your face is deleted there. Your face in the event’s photos is then hidden or deleted. If you agree, we keep the numbers of your face, so that later photos leave you out, too. They are deleted with the other faces of the event, {facesDays} days after it unless it has a date of its own, or when you take your request or your consent back. The e-mail address that you gave is kept as long, for the link that takes the request back.',
    },
    {
      title: 'Photos of an event',
      text: 'Photographers take photos and send them in for sale. Of a closed event they are deleted {eventsDays} days after the event and its sale. Of an event that is deleted they go within minutes. A photo that somebody bought is kept until its buyer may no longer download it.',
    },
    {
      title: 'Purchases',
      text: 'We keep the e-mail address, what was bought, and the payment. Downloads last {downloadDays} days. A ZIP is kept {archiveDays} days and can be made again. The account or PromptPay number that a refund goes to is encrypted, and erased {refundPayeeDays} days after the transfer or refusal. The picture of a transfer slip that you send is deleted {slipDays} days after our people have looked. If you give photos to somebody by a link, the name and the line that you write for them are kept until the link ends or you withdraw it. If you are paid a share, your bank account is encrypted. One that you replaced, or that a transfer came back from, is erased {payeeAccountDays} days later. The PDF of a statement is deleted after {statementDays} days. Tax law orders us to keep paid orders: they are not deleted on request.',
    },
    {
      title: 'Letters and requests',
      text: 'An e-mail that we sent is kept {lettersDays} days with its address. An address that refuses our e-mails is kept so that it gets none. What somebody wrote who asked for a photo to be taken down, and their address, are erased {takedownDays} days after the decision. An invitation to work here is deleted {invitationDays} days after its end. An address that you left to be told about the photos of an event is deleted when we have written to you, when you take it back, when the event is archived, or after 7 days if nobody confirms it.',
    },
    {
      title: 'Account and devices',
      text: 'We use one cookie for cart and searches, for {sessionDays} days after its last use. Favourites last as long; those of an account stay until you take them out. People who sign in have one for that, for {signInDays} days, one that remembers that this browser signed in before, for {deviceDays} days, and short ones while they sign in. There is no advertising cookie. The record of who did what here is kept as evidence, with IP address and device. Our servers note each request with its IP address, its time and what was asked for, for at most 90 days, so that we find faults; an address that was shut out because it attacked our machines, for at most a year. Of what you had deleted we keep its identifiers alone, for 36 days at most, so that it can be deleted again should a backup be restored.',
    },
    {
      title: 'What leaves our machines',
      text: 'The bank receives the amount and the number of the payment. The mail service receives your address and the e-mail. If you sign in with Google or another provider, it learns that you sign in here. Photographers see which photo was sold, not who bought it. Selfies, faces and their numbers leave our machines to nobody. We sell no data.',
    },
    {
      title: 'Your rights',
      text: 'On the page “My data” you take a consent back, get a copy of everything, and delete your data, yourself and without an account. Who bought without an account opens it on another device by the link and the code of their order’s e-mail. For a child, a parent or guardian agrees.',
    },
  ],
}
