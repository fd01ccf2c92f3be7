<?php
// What one would write instead of certcollect: status and PEM of an order, from the same SQLite store.
// The path says how the password is checked: /php/hmac or /php/argon2id.
declare(strict_types=1);

function answer(string $body): never
{
    header('Content-Type: text/plain');
    header('Content-Length: ' . strlen($body));
    echo $body;
    exit;
}

function pem(string $der): string
{
    return "-----BEGIN CERTIFICATE-----\n" . chunk_split(base64_encode($der), 64, "\n") . "-----END CERTIFICATE-----\n";
}

function rows(PDO $database, string $sql, mixed ...$values): array
{
    $statement = $database->prepare($sql);
    $statement->execute($values);
    return $statement->fetchAll(PDO::FETCH_ASSOC);
}

function isRight(array $settings, array $account, string $password): bool
{
    if ($_SERVER['REQUEST_URI'] === '/php/argon2id') {
        return password_verify($password, $account['password_hash']);
    }
    $hash = hash_hmac('sha256', $password, $settings['key']);
    return hash_equals($settings['logins'][$account['login']] ?? '', $hash);
}

ini_set('default_charset', '');
$settings = require $_SERVER['SETTINGS'];
$database = new PDO('sqlite:' . $settings['database'], null, null, [PDO::ATTR_PERSISTENT => true]);

$accounts = rows(
    $database,
    'SELECT id, login, password_hash FROM account WHERE login = ? AND enabled = 1 AND ssl = 1',
    $_POST['loginName'] ?? ''
);
if (!$accounts || !isRight($settings, $accounts[0], $_POST['loginPassword'] ?? '')) {
    answer("-16\nPermission denied!\n");
}
$orders = rows(
    $database,
    "SELECT o.state, c.der, c.chain_id FROM orders o LEFT JOIN certificate c ON c.id = o.certificate_id
      WHERE o.number = ? AND o.account_id = ? AND o.product = 'SSL'",
    (int) ($_POST['orderNumber'] ?? 0),
    $accounts[0]['id']
);
if (!$orders) {
    answer("-4\nThe value of the 'orderNumber' argument is invalid!\n");
}
switch ($orders[0]['state']) {
    case 'AWAITING_PAYMENT':
        answer("-22\nStill awaiting payment!\n");
    case 'REJECTED':
        answer("-20\nThe certificate request has been rejected!\n");
    case 'REVOKED':
        answer("-21\nThe certificate has been revoked!\n");
    case 'PROCESSING':
        answer("0\n");
}
if (($_POST['queryType'] ?? '0') === '0') {
    answer("1\n");
}
$issuers = rows(
    $database,
    'SELECT c.der FROM chain_member m JOIN ca_certificate c ON c.id = m.ca_certificate_id
      WHERE m.chain_id = ? ORDER BY m.position DESC',
    $orders[0]['chain_id']
);
answer("2\n" . implode('', array_map('pem', array_column($issuers, 'der'))) . pem($orders[0]['der']));
