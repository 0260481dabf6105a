/**
 * The language of .nnet files.
 *
 * Lines: a new line separates statements inside braces and means nothing elsewhere. The lexer hides every NEWLINE; before
 * parsing, those that separate statements are brought into view (nnet.compiler.parse.Lines says which), so that the
 * rules below see a NEWLINE only where it counts.
 */
grammar Nnet;

file: packageClause? importClause* declaration* EOF;

packageClause: 'package' path;

importClause: 'import' path DOT_STAR?;

path: name ('.' name)*;

// Declarations

declaration: network | definition | train | constant | enumeration | row;

network: 'network' name parameters ('->' results)? block;

// Two pairs of parentheses are compile-time parameters, then inputs; one pair is inputs.
definition: kind name parameters parameters? ('->' results)? (block | '=' expression);

kind: 'layer' | 'fn' | 'loss' | 'metric' | 'schedule' | 'initializer' | 'optimizer' | 'penalty' | 'clip';

parameters: '(' (parameter (',' parameter)* ','?)? ')';

parameter: name (':' type)? ('=' expression)?;

results: result | '(' result (',' result)* ','? ')';

result: (name ':')? type;

train: 'train' name '{' setting? (separator setting?)* '}';

setting: name '=' expression;

constant: 'const' name '=' expression;

enumeration: 'enum' name '{' member? ((',' | separator) member?)* '}';

member: name ('=' STRING ('or' STRING)*)?;

row: 'record' name '{' field? ((',' | separator) field?)* '}';

field: name (',' name)* ':' type encoding*;

encoding: name arguments?;

// Types

type: name typeArguments? shape? | shape;

typeArguments: '(' expression (',' expression)* ')';

shape: '[' (extent (',' extent)*)? ']';

extent: '...' | expression;

// Statements

block: '{' statement? (separator statement?)* '}';

separator: NEWLINE | ';';

statement
    : 'let' pattern '=' expression              # let
    | 'param' name ':' type '=' expression      # param
    | 'state' name (':' type)? '=' expression   # state
    | 'require' expression ',' expression       # require
    | 'for' pattern 'in' range block            # for
    | 'emit' expression                         # emit
    | name '<-' expression                      # update
    | name '=' expression                       # assign
    | expression                                # evaluate
    ;

pattern: name | '(' name (',' name)* ')';

// Expressions, from loosely to tightly binding

expression: lambda | pipe | chain;

lambda: (name | '(' name (',' name)* ')') '=>' expression;

pipe: disjunction ('->' stage)*;

// A pipe without a beginning is a function: `-> f -> g` is `it => it -> f -> g`; in a `repeat` it goes on from the value so far.
chain: ('->' stage)+;

stage: (name ':')? postfix;

disjunction: conjunction ('or' conjunction)*;

conjunction: negation ('and' negation)*;

negation: 'not' negation | comparison;

comparison: sum (('==' | '!=' | '<' | '<=' | '>' | '>=') sum)?;

sum: product (('+' | '-') product)*;

product: unary (('*' | '/' | '%' | '@') unary)*;

unary: '-' unary | power;

power: postfix ('^' unary)?;

postfix: primary suffix*;

suffix
    : arguments                         # call
    | '[' range (',' range)* ','? ']'   # index
    | '.' name                          # select
    | DOT_STAR                          # selectAll
    ;

arguments: '(' (argument (',' argument)* ','?)? ')';

argument: (name ':')? expression;

range: from=expression ('..' to=expression?)? | '..' to=expression?;

primary
    : INTEGER                                       # integer
    | REAL                                          # real
    | STRING                                        # string
    | ('true' | 'false')                            # boolean
    | name                                          # reference
    | '(' argument (',' argument)* ','? ')'         # tuple
    | '[' (expression (',' expression)* ','?)? ']'  # list
    | block                                         # braces
    | condition                                     # if
    | 'repeat' '(' expression ')' block             # repeat
    | 'scan' sequence (',' sequence)* 'backwards'? ('with' carry (',' carry)*)? truncation? block # scan
    ;

condition: 'if' expression block ('else' (block | condition))?;

sequence: expression 'as' name;

carry: name '=' expression;

truncation: 'truncate' expression;

// Words that mean something only where a declaration or a statement begins are names everywhere else.
name
    : IDENTIFIER
    | 'network' | 'layer' | 'fn' | 'loss' | 'metric' | 'schedule' | 'initializer' | 'optimizer' | 'penalty' | 'clip'
    | 'train' | 'const' | 'enum' | 'record' | 'package' | 'import' | 'param' | 'state'
    ;

// Words

PACKAGE: 'package';
IMPORT: 'import';
NETWORK: 'network';
LAYER: 'layer';
FN: 'fn';
LOSS: 'loss';
METRIC: 'metric';
SCHEDULE: 'schedule';
INITIALIZER: 'initializer';
OPTIMIZER: 'optimizer';
PENALTY: 'penalty';
CLIP: 'clip';
TRAIN: 'train';
CONST: 'const';
ENUM: 'enum';
RECORD: 'record';
PARAM: 'param';
STATE: 'state';
LET: 'let';
REQUIRE: 'require';
EMIT: 'emit';
FOR: 'for';
IN: 'in';
IF: 'if';
ELSE: 'else';
REPEAT: 'repeat';
SCAN: 'scan';
AS: 'as';
WITH: 'with';
BACKWARDS: 'backwards';
TRUNCATE: 'truncate';
AND: 'and';
OR: 'or';
NOT: 'not';
TRUE: 'true';
FALSE: 'false';

// Signs

ARROW: '->';
UPDATE: '<-';
MAPS_TO: '=>';
ASSIGN: '=';
COLON: ':';
COMMA: ',';
SEMICOLON: ';';
REST: '...';
RANGE: '..';
DOT_STAR: '.*';
DOT: '.';
OPEN_BRACE: '{';
CLOSE_BRACE: '}';
OPEN_BRACKET: '[';
CLOSE_BRACKET: ']';
OPEN_PARENTHESIS: '(';
CLOSE_PARENTHESIS: ')';
EQUAL: '==';
NOT_EQUAL: '!=';
LESS: '<';
LESS_EQUAL: '<=';
GREATER: '>';
GREATER_EQUAL: '>=';
PLUS: '+';
MINUS: '-';
TIMES: '*';
DIVIDE: '/';
REMAINDER: '%';
MATRIX: '@';
POWER: '^';

// Names and literals

IDENTIFIER: [a-zA-Z_][a-zA-Z_0-9]*;
INTEGER: [0-9] [0-9_]*;
REAL: INTEGER ('.' INTEGER EXPONENT? | EXPONENT);
STRING: '"' CHARACTER* '"';

fragment EXPONENT: [eE] [+-]? [0-9]+;
fragment CHARACTER: ~["\\\r\n] | '\\' ~[\r\n];

// What the parser does not see

DOC: '///' (~[/\r\n] ~[\r\n]*)? -> channel(HIDDEN);
COMMENT: ('//' ~[\r\n]* | '/*' .*? '*/') -> skip;
NEWLINE: ('\r'? '\n' | '\r') -> channel(HIDDEN);
SPACE: [ \t\f\u00A0\uFEFF]+ -> skip;

// Every other text is a token as well, so that reading tokens never fails; each is a mistake with a message of its own.

OPEN_STRING: '"' CHARACTER*;
SINGLE_QUOTED: '\'' ~['\r\n]* '\'';
OPEN_COMMENT: '/*' (~'*' | '*'+ ~[*/])* '*'*;
UNKNOWN: .;
