/** The yearly report written by many. */
export const enReport = {
  chapters: {
    title: 'Chapters', sub: 'Report of {year}: {all} chapters, {adopted} adopted', back: 'Report', what: 'Chapter', unit: 'Written by', due: 'Due', state: 'Stands', last: 'Last step', none: 'The report has no chapters to give out', noneText: 'Those whose heading in report/annual.md bears {"{"}#key{"}"} can be given out.',
    is: { none: 'nobody’s', open: 'to be written', handed_in: 'handed in', sent_back: 'sent back', adopted: 'adopted' }, late: 'past its day', mine: 'your unit writes it', linkUntil: 'link open to {day}',
    source: { written: '', last_year: 'Not yet written: begins with the words adopted last year, with this year’s figures.', sample: 'Not yet written: begins with the template’s words and this year’s figures.' },
    text: 'Text', textHint: 'What stands in double braces is a figure of this year; leave it a figure.', picks: 'Showcases', picksHint: 'Released this year; insert those that this chapter uses', pick: 'Insert', picked: 'Used', insert: 'Insert a figure', find: 'Find a figure', reads: 'As it reads', faults: '{n} to mend', figures: 'Figures of this chapter', stale: '{n} of an earlier year', noFigures: 'It names no figure',
    save: 'Save', saved: 'Saved', handIn: 'Hand in', handedIn: 'Handed in; the publisher takes it from here', adopted: 'Adopted, and in the report', sentBack: 'Sent back: {says}', only: 'Only the unit that it is given to may change it.',
    assign: 'Given to', assignGo: 'Give out', again: 'Give to another', adopt: 'Adopt', sendBack: 'Send back', says: 'Why it is sent back', saysHint: 'its writers will read this', settle: 'Publisher',
    link: 'Link without an account', linkWhy: 'For a writer without an account: it opens this chapter and its figures, and nothing else.', until: 'Open until', linkGo: 'Make a link', linkNew: 'Make another; the old one ends', linkEnd: 'Take it back', linkOnce: 'Shown once: copy it and send it to the writer.', copyLink: 'Copy the link', linkOpen: 'A link is open until {day}.',
    writer: 'Written by', writerHint: 'Your name', linked: '{town}: report on law-based government, {year}', linkedWhy: 'Write this chapter and hand it in. Its figures come from the ledgers.', edition: { now: 'As it reads now', published: 'As published' },
  },
}
