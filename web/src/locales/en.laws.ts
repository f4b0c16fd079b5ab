export const enLaws = {
  laws: {
    find: 'Find articles', findHint: 'words of the article, with blanks between', found: '{n} articles', foundCut: '{n} articles, the first {shown} shown', notFound: 'Nothing holds “{q}”', notFoundText: 'Articles are searched as they are written; a law with the number of an article works too.',
    sub: 'the rulebook cites {n} laws', none: 'none', noTexts: 'This server has loaded no law texts', noTextsText: 'Rules, deadlines and open records are shown all the same. For the texts, start it with --laws FOLDER.',
    law: 'Law', articles: 'Articles', rules: 'Rules', noText: 'no text', uncited: 'not cited by the rulebook', all: 'All laws', whole: 'The whole law', gone: 'Rules without an article', ruleCount: '{n} rules', pick: 'Choose an article to see the rules and open records that stand on it',
    rulesOn: 'Rules on this article', noRules: 'No rule cites this article', since: 'from {day}', until: 'until {day}', standing: 'Where the rulebook uses it', noStanding: 'The rulebook does not use it yet',
    records: 'Open records', recordsCount: '{n} records, {d} deadlines', recordsCut: 'The {n} deadlines that fall first are shown.', noRecords: 'No deadline runs under this article now', open: 'Whole article and open records',
    sort: { form: 'paper', duty: 'duty', check: 'self-check', figure: 'figure', setting: 'setting', gate: 'gate', deadline: 'deadline', field: 'field', act: 'act', dossier: 'case file', other: 'other' },
  },
  reading: { forms: 'Papers', figures: 'Figures', duties: 'Duties', checks: 'Self-checks', roles: 'Who reads it' },
}
