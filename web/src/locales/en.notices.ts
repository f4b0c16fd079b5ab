/** Reminders: one's own, how one is told, what did not arrive. */
export const enNotices = {
  notices: { title: 'Reminders', bell: 'Reminders, {n} unread', why: 'Told to the handler and the head when a period nears its end or is over', how: 'How I am told', readAll: 'Mark all as read', none: 'No reminders yet', noneText: 'When a period of yours nears its end or is over, it is said here.', read: 'read', new: 'unread', settled: 'settled, or due on another day now' },
  told: {
    title: 'How I am told', why: 'The desk always tells', noMail: 'This server has no mail server yet: your address is kept until it has.', mail: 'E-mail', way: 'Letters', none: 'none', daily: 'one summary each workday at {at}', each: 'one for each matter', quiet: 'Not at {hours} and on rest days, except for periods in hours. Letters say nothing about parties.', save: 'Save', saved: 'Saved',
    feed: 'Calendar', feedWhy: 'Your phone or mail program can subscribe to your periods. Whoever has the address can read them: give it to nobody.', address: 'Address', copy: 'Copy', once: 'It is shown this once. If it is lost, take another; the old one opens nothing.', subscribe: 'Get an address', again: 'Take another address', end: 'End it',
  },
  failed: { why: 'Letters and webhooks that did not arrive, tried again for two days', shut: 'What did not arrive is for the system administrator', read: 'to see what did not arrive', none: 'Everything arrived', noneText: 'What cannot be sent is listed here with the reason.', at: 'At', channel: 'Way', who: 'To', error: 'Why', attempts: 'Tried', mail: 'mail', hook: 'webhook', again: 'Send again', waits: 'waits' },
}
