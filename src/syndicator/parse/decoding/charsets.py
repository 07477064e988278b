"""The table of Python's codec for each label of an encoding (WHATWG Encoding Standard, section 4.2; IANA's registry).

`codecs.lookup` is not used: it also knows codecs that are no character encodings, imports a module of any name that it
is given, and reads `iso-8859-1` literally, while everybody means windows-1252. UTF-16 and UTF-32 are left out: their
zero bytes show them, and if there are none, a label that names them is wrong.
"""

_LABELS = """
utf-8         utf8 utf-8 unicode-1-1-utf-8 unicode11utf8 unicode20utf8 x-unicode20utf8
cp1252        windows-1252 cp1252 x-cp1252 ascii us-ascii ansi_x3.4-1968 iso-8859-1 iso8859-1 iso88591 iso_8859-1
cp1252        latin1 latin-1 l1 cp819 ibm819 csisolatin1 iso-ir-100 iso_8859-1:1987 win-1252
cp1252        ms-ansi
cp1251        windows-1251 cp1251 x-cp1251 win-1251 win1251 cp-1251 windows1251 windows-cp1251 ansi-1251 ms-cyrl
koi8_r        koi8-r koi8 koi koi8r cskoi8r
koi8_u        koi8-u koi8-ru koi8u
mac_cyrillic  x-mac-cyrillic x-mac-ukrainian maccyrillic mac-cyrillic
cp866         ibm866 866 cp866 csibm866 dos-866
iso8859_5     iso-8859-5 iso8859-5 iso88595 iso_8859-5 cyrillic csisolatincyrillic iso-ir-144 iso_8859-5:1988
iso8859_2     iso-8859-2 iso8859-2 iso88592 iso_8859-2 latin2 l2 csisolatin2 iso-ir-101 iso_8859-2:1987
iso8859_3     iso-8859-3 iso8859-3 iso88593 iso_8859-3 latin3 l3 csisolatin3 iso-ir-109 iso_8859-3:1988
iso8859_4     iso-8859-4 iso8859-4 iso88594 iso_8859-4 latin4 l4 csisolatin4 iso-ir-110 iso_8859-4:1988
iso8859_6     iso-8859-6 iso8859-6 iso88596 iso_8859-6 arabic asmo-708 ecma-114 iso-8859-6-e iso-8859-6-i
iso8859_6     csiso88596e csiso88596i csisolatinarabic iso-ir-127 iso_8859-6:1987
iso8859_7     iso-8859-7 iso8859-7 iso88597 iso_8859-7 greek greek8 ecma-118 elot_928 sun_eu_greek iso-ir-126
iso8859_7     csisolatingreek iso_8859-7:1987
iso8859_8     iso-8859-8 iso8859-8 iso88598 iso_8859-8 hebrew visual logical iso-8859-8-e iso-8859-8-i
iso8859_8     csiso88598e csiso88598i csisolatinhebrew iso-ir-138 iso_8859-8:1988
iso8859_10    iso-8859-10 iso8859-10 iso885910 latin6 l6 csisolatin6 iso-ir-157
iso8859_13    iso-8859-13 iso8859-13 iso885913
iso8859_14    iso-8859-14 iso8859-14 iso885914
iso8859_15    iso-8859-15 iso8859-15 iso885915 iso_8859-15 l9 latin9 latin-9 csisolatin9
iso8859_16    iso-8859-16
mac_roman     macintosh mac x-mac-roman csmacintosh macroman
mac_latin2    mac-latin2 maclatin2 mac-centraleurope maccentraleurope x-mac-ce
mac_greek     mac-greek macgreek x-mac-greek
mac_iceland   mac-iceland maciceland x-mac-icelandic
mac_turkish   mac-turkish macturkish x-mac-turkish
cp1250        windows-1250 cp1250 x-cp1250 ms-ee win-1250 win1250
cp1253        windows-1253 cp1253 x-cp1253 ms-greek
cp1254        windows-1254 cp1254 x-cp1254 iso-8859-9 iso8859-9 iso88599 iso_8859-9 latin5 l5 csisolatin5 iso-ir-148
cp1254        ms-turk iso_8859-9:1989
cp1255        windows-1255 cp1255 x-cp1255 ms-hebr
cp1256        windows-1256 cp1256 x-cp1256 ms-arab
cp1257        windows-1257 cp1257 x-cp1257 winbaltrim
cp1258        windows-1258 cp1258 x-cp1258
cp437         ibm437 437 cp437 cspc8codepage437
cp737         ibm737 737 cp737
cp775         ibm775 775 cp775 cspc775baltic
cp850         ibm850 850 cp850 cspc850multilingual
cp852         ibm852 852 cp852 cspcp852
cp855         ibm855 855 cp855 csibm855
cp856         ibm856 856 cp856
cp857         ibm857 857 cp857 csibm857
cp858         ibm00858 ibm858 858 cp858
cp860         ibm860 860 cp860 csibm860
cp861         ibm861 861 cp861 csibm861 cp-is
cp862         ibm862 862 cp862 cspc862latinhebrew
cp863         ibm863 863 cp863 csibm863
cp864         ibm864 864 cp864 csibm864
cp865         ibm865 865 cp865 csibm865
cp869         ibm869 869 cp869 csibm869
cp1125        ibm1125 1125 cp1125 cp866u ruscii
koi8_t        koi8-t
cp037         ibm037 cp037 csibm037 ibm039 ebcdic-cp-us ebcdic-cp-ca ebcdic-cp-nl ebcdic-cp-wt
cp500         ibm500 cp500 csibm500 ebcdic-cp-be ebcdic-cp-ch
cp875         ibm875 cp875
cp1140        ibm01140 ibm1140 cp1140
cp874         windows-874 dos-874 iso-8859-11 iso8859-11 iso885911 tis-620 tis620 cp874
gb18030       gb18030 gbk gb2312 gb_2312 gb_2312-80 chinese csgb2312 csiso58gb231280 iso-ir-58 x-gbk cp936
big5hkscs     big5 big5-hkscs cn-big5 csbig5 x-x-big5 big-5 cp950 ms950
euc_jp        euc-jp cseucpkdfmtjapanese x-euc-jp eucjp
iso2022_jp    iso-2022-jp csiso2022jp
cp932         shift_jis shift-jis sjis ms932 ms_kanji csshiftjis windows-31j x-sjis cp932
cp949         euc-kr korean cseuckr csksc56011987 iso-ir-149 ks_c_5601-1987 ks_c_5601-1989 ksc5601 windows-949 cp949
cp949         ksc_5601 euckr ms949 uhc
"""
"""In each line, Python's name of a codec, and the labels that mean it, in lower case."""

_CODECS = {label: line.split()[0] for line in _LABELS.strip().splitlines() for label in line.split()[1:]}
"""The name of Python's codec for each label."""

_LATIN = """
cp1250 cp1252 cp1254 cp1257 cp1258 iso8859_2 iso8859_3 iso8859_4 iso8859_10 iso8859_13 iso8859_14 iso8859_15 iso8859_16
cp437 cp775 cp850 cp852 cp857 cp858 cp860 cp861 cp863 cp865 mac_iceland mac_latin2 mac_roman mac_turkish
"""
"""The names of `LATIN`."""
LATIN = frozenset(_LATIN.split())
"""Encodings of Latin letters; documents often declare one of them that they are not in."""


def codec(label: str) -> str:
    """Give Python's name for an encoding, or empty if the label is unknown."""
    label = label.strip().lower()
    return _CODECS.get(label) or _CODECS.get(label.replace("_", "-"), "")
