grammar Nnet;

file: IDENTIFIER* EOF;

IDENTIFIER: [a-zA-Z_][a-zA-Z_0-9]*;
SPACE: [ \t\r\n]+ -> skip;
